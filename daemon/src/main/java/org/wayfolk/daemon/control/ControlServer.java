package org.wayfolk.daemon.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * The node's end of the control socket. Each client has threads of its own and one request at a
 * time.
 */
public final class ControlServer implements AutoCloseable {
  /** Clients at once: far more than a person starts, and few enough for any machine. */
  static final int MAX_CLIENTS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  /** How long closing waits for the accepting thread, which has nothing else to do. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final ServerSocketChannel server;
  private final Thread acceptor;
  private final Handler handler;
  private final Semaphore room = new Semaphore(MAX_CLIENTS);
  private final Set<Lines> clients = ConcurrentHashMap.newKeySet();

  private ControlServer(ServerSocketChannel server, Handler handler) {
    acceptor = Thread.ofPlatform().daemon().name("wayfolk-control").unstarted(this::accept);
    this.server = server;
    this.handler = handler;
  }

  /**
   * Binds {@code path}, which must be free, and begins to serve.
   *
   * @throws IOException if it cannot be bound
   */
  public static ControlServer open(Path path, Handler handler) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), MAX_CLIENTS);
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    ControlServer server = new ControlServer(channel, handler);
    server.acceptor.start();
    return server;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel socket = server.accept();
        Lines lines = new Lines(socket, Wire.MAX_REQUEST);
        Thread.ofVirtual().name("wayfolk-control-client").start(() -> serve(lines));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("control socket: {}", e.toString());
        }
      }
    }
  }

  private void serve(Lines lines) {
    try (lines) {
      if (!room.tryAcquire()) {
        refuse(lines, "the node answers " + MAX_CLIENTS + " commands already", "try again soon");
        return;
      }
      clients.add(lines);
      try {
        converse(lines);
      } finally {
        clients.remove(lines);
        room.release();
      }
    } catch (IOException e) {
      LOG.debug("control client left: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads on while a request is being answered, so that a client's going away is noticed. */
  private void converse(Lines lines) throws IOException, InterruptedException {
    Thread work = null;
    try {
      for (String line = lines.read(); line != null; line = lines.read()) {
        if (work != null) {
          work.join();
        }
        String request = line;
        work = Thread.ofVirtual().name("wayfolk-request").start(() -> answer(lines, request));
      }
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith("a line longer")) {
        refuse(lines, "the request is " + e.getMessage(), "send less at once");
      }
      throw e;
    } finally {
      if (work != null) {
        work.interrupt();
      }
    }
  }

  private void answer(Lines lines, String line) {
    try {
      lines.write(Json.line(outcome(lines, line)));
    } catch (IOException e) {
      LOG.debug("control client left: {}", e.toString());
      lines.close();
    }
  }

  private ObjectNode outcome(Lines lines, String line) throws IOException {
    try {
      ObjectNode request = parse(line);
      String what = request.path("do").asText();
      return Wire.done(
          handler.handle(what, request, event -> lines.write(Json.line(Wire.event(event)))));
    } catch (Failure e) {
      return Wire.failed(e);
    } catch (InterruptedException e) {
      throw new IOException("the client left", e);
    } catch (RuntimeException e) {
      LOG.error("control request failed: our bug", e);
      return Wire.failed(
          Failure.failed("the node has a bug (" + e + ")", "please report it; its log says more"));
    }
  }

  private static ObjectNode parse(String line) throws Failure {
    ObjectNode request;
    try {
      request = Json.parse(line);
    } catch (IOException e) {
      throw Failure.usage("the request is no JSON object", "see docs/control-socket.md");
    }
    if (request.path("wayfolk").asInt() != Wire.VERSION) {
      throw Failure.failed(
          "the running node is of another version than this command",
          "restart it: `wayfolk down`, then `wayfolk up`");
    }
    return request;
  }

  private static void refuse(Lines lines, String what, String remedy) throws IOException {
    lines.write(Json.line(Wire.failed(new Failure(Exit.FAILED, what, remedy))));
  }

  /** Stops serving and hangs up on every client. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("closing the control socket: {}", e.toString());
    }
    try {
      // The socket listens until the thread that waits in it has left; a command that comes
      // meanwhile would be taken by nobody.
      acceptor.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (@Nullable Lines client : clients) {
      if (client != null) {
        client.close();
      }
    }
  }
}
