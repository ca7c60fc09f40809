package org.wayfolk.daemon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wayfolk.daemon.run.Running;
import org.wayfolk.daemon.run.UpPlan;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;

/** {@code up} in this process, until somebody ends it. */
final class Foreground {
  private final Wayfolk wayfolk;

  Foreground(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  int run(UpPlan plan, boolean untilInputEnds) throws Failure, InterruptedException {
    Voice voice = wayfolk.voice();
    Running running = Running.start(plan, voice);
    AtomicBoolean ending = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runnable end =
        () -> {
          if (ending.compareAndSet(false, true)) {
            running.close();
            voice.say("Left the network. Goodbye.");
            ended.countDown();
          }
        };
    // SIGTERM and Ctrl-C come to the hook, `down` to this thread; the first of them takes leave,
    // and the process must not end before that is done.
    Thread hook = new Thread(() -> leave(end, ended), "wayfolk-leave");
    Runtime.getRuntime().addShutdownHook(hook);
    running.announce();
    running.join(plan.joins());
    if (untilInputEnds) {
      Thread.ofPlatform().daemon().name("wayfolk-parent").start(() -> drain(running));
    }
    running.await();
    end.run();
    return Exit.OK.code();
  }

  private static void leave(Runnable end, CountDownLatch ended) {
    end.run();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Exit.OK.code()); // a graceful end is a success
  }

  private static void drain(Running running) {
    try (InputStream in = System.in) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It has ended, one way or the other.
    }
    running.end();
  }
}
