package org.wayfolk.daemon.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** A command's end of the control socket. For one thread. */
public final class ControlClient implements AutoCloseable {
  private final Lines lines;

  private ControlClient(Lines lines) {
    this.lines = lines;
  }

  /**
   * Connects to a running node.
   *
   * @param socket where it listens
   * @throws Failure with {@link Exit#NOT_RUNNING} if nobody listens there
   */
  public static ControlClient connect(Path socket) throws Failure {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      return new ControlClient(new Lines(channel, Wire.MAX_ANSWER));
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          Exit.NOT_RUNNING,
          "no node runs on " + socket.toAbsolutePath().getParent(),
          "start it with `wayfolk up`");
    }
  }

  /** A request by that name, to be filled in. */
  public static ObjectNode request(String what) {
    return Wire.request(what);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param limit how long to wait; null waits for ever
   * @param events gets the events before the answer, on this thread
   * @throws Failure what the node says instead of an answer; {@link Exit#TIMED_OUT} if it says
   *     nothing in time; {@link Exit#NOT_RUNNING} if it ends meanwhile
   */
  public ObjectNode call(ObjectNode request, @Nullable Duration limit, Consumer<ObjectNode> events)
      throws Failure {
    Deadline deadline = new Deadline(limit);
    try {
      lines.write(Json.line(request));
      while (true) {
        String line = lines.read();
        if (line == null) {
          throw deadline.passed ? late() : gone();
        }
        ObjectNode answer = Json.parse(line);
        if (answer.path("event") instanceof ObjectNode event) {
          events.accept(event);
        } else if (answer.path("done") instanceof ObjectNode done) {
          return done;
        } else {
          throw Wire.failure(answer);
        }
      }
    } catch (IOException e) {
      throw deadline.passed ? late() : gone();
    } finally {
      deadline.end();
    }
  }

  /** {@link #call} for requests without events. */
  public ObjectNode call(ObjectNode request, Duration limit) throws Failure {
    return call(request, limit, event -> {});
  }

  private static Failure late() {
    return new Failure(
        Exit.TIMED_OUT, "the node gave no answer in time", "try again with a longer --timeout");
  }

  private static Failure gone() {
    return new Failure(Exit.NOT_RUNNING, "the node ended", "start it with `wayfolk up`");
  }

  @Override
  public void close() {
    lines.close();
  }

  /** Hangs up when time is over: a blocking read knows no deadline of its own. */
  private final class Deadline {
    private final @Nullable Thread watch;
    volatile boolean passed;

    Deadline(@Nullable Duration limit) {
      watch = limit == null ? null : Thread.ofVirtual().start(() -> watch(limit));
    }

    private void watch(Duration limit) {
      try {
        Thread.sleep(limit);
        passed = true;
        lines.close();
      } catch (InterruptedException e) {
        // The answer came.
      }
    }

    void end() {
      if (watch != null) {
        watch.interrupt();
      }
    }
  }
}
