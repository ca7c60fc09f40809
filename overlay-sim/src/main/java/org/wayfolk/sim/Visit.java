package org.wayfolk.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A callback that may wait: it runs on a virtual thread of its own, but only ever while the world's
 * thread stands still, so that one thing happens at a time and the order is that of the events. One
 * permit is the baton; whoever gives it away waits until it comes back.
 */
final class Visit extends Event {
  private final SimHost host;
  private final Runnable body;
  private final Semaphore world = new Semaphore(0);
  private final Semaphore visitor = new Semaphore(0);
  private @Nullable Thread thread;
  private @Nullable Throwable trouble;

  Visit(SimHost host, Runnable body) {
    this.host = host;
    this.body = body;
  }

  /** Begins, or goes on after a wait; returns when the callback has ended or waits again. */
  @Override
  void happen() {
    if (host.crashed()) {
      return;
    }
    if (host.freeze(this)) {
      return;
    }
    host.world().visitor(this);
    if (thread == null) {
      // Known before it runs: it may ask at once whether it is here.
      thread = Thread.ofVirtual().name("wayfolk-sim-callback").unstarted(this::run);
      thread.start();
    } else {
      visitor.release();
    }
    world.acquireUninterruptibly();
    host.world().visitor(null);
    switch (trouble) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(trouble);
    }
  }

  /** Whether the caller is this callback. */
  boolean here() {
    return thread != null && Thread.currentThread().threadId() == thread.threadId();
  }

  /**
   * Called by the callback: lets the world go on until the result is there or the time has passed.
   */
  void await(CompletableFuture<?> result, Duration limit) throws TimeoutException {
    SimWorld w = host.world();
    long end = w.nanos() + limit.toNanos();
    w.schedule(this, end);
    boolean[] waits = {true};
    var _ =
        result.whenComplete((value, error) -> {
          if (waits[0]) {
            w.schedule(this, w.nanos());
          }
        });
    world.release();
    visitor.acquireUninterruptibly();
    waits[0] = false;
    if (!result.isDone()) {
      throw new TimeoutException("no result within " + limit + " of virtual time");
    }
  }

  private void run() {
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      trouble = e;
    } finally {
      world.release();
    }
  }
}
