package org.wayfolk.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** Both ends of the control socket, over a real one. */
final class ControlSocketTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path tmp;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
  }

  private Path path() {
    return tmp.resolve("sock");
  }

  private void serve(Handler handler) throws Exception {
    open.add(ControlServer.open(path(), handler));
  }

  private ControlClient client() throws Failure {
    ControlClient client = ControlClient.connect(path());
    open.add(client);
    return client;
  }

  @Test
  void anAnswerComesBehindItsEvents() throws Exception {
    serve((what, request, events) -> {
      for (int i = 0; i < 3; i++) {
        events.tell(Json.object().put("i", i));
      }
      return Json.object().put("did", what).put("with", request.path("x").asInt());
    });
    List<Integer> seen = new ArrayList<>();
    ObjectNode answer =
        client()
            .call(
                ControlClient.request("count").put("x", 7),
                LONG,
                e -> seen.add(e.path("i").asInt()));
    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(answer.path("did").asText()).isEqualTo("count");
    assertThat(answer.path("with").asInt()).isEqualTo(7);
  }

  @Test
  void oneConnectionCarriesRequestAfterRequest() throws Exception {
    serve((what, request, events) -> Json.object().put("did", what));
    ControlClient client = client();
    for (int i = 0; i < 100; i++) {
      assertThat(client.call(ControlClient.request("n" + i), LONG).path("did").asText())
          .isEqualTo("n" + i);
    }
  }

  @Test
  void aFailureComesThroughWithItsStatusAndRemedy() throws Exception {
    serve((what, request, events) -> {
      throw new Failure(Exit.NO_ROUTE, "no way", "wait");
    });
    assertThatThrownBy(() -> client().call(ControlClient.request("node.send"), LONG))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.exit()).isEqualTo(Exit.NO_ROUTE);
              assertThat(f.line()).isEqualTo("no way: wait");
            });
  }

  @Test
  void aBugOfTheNodeIsToldAndTheNextRequestIsAnswered() throws Exception {
    serve((what, request, events) -> {
      if (what.equals("bug")) {
        throw new IllegalStateException("oops");
      }
      return Json.object();
    });
    ControlClient client = client();
    assertThatThrownBy(() -> client.call(ControlClient.request("bug"), LONG))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("bug");
    assertThat(client.call(ControlClient.request("fine"), LONG)).isNotNull();
  }

  @Test
  void withoutANodeTheStatusIsNotRunning() throws Exception {
    assertThatThrownBy(() -> ControlClient.connect(path()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.NOT_RUNNING));
    // What a killed node leaves behind: a socket that nobody listens to.
    ControlServer dead = ControlServer.open(path(), (what, request, events) -> Json.object());
    dead.close();
    assertThatThrownBy(() -> ControlClient.connect(path()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.NOT_RUNNING));
  }

  @Test
  void aNodeThatSaysNothingTimesOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    serve((what, request, events) -> {
      never.await();
      return Json.object();
    });
    assertThatThrownBy(() -> client().call(ControlClient.request("status"), Duration.ofMillis(50)))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.TIMED_OUT));
  }

  @Test
  void aClientThatGoesAwayInterruptsItsRequest() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    serve((what, request, events) -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return Json.object();
    });
    try (SocketChannel raw = raw()) {
      write(raw, "{\"wayfolk\":1,\"do\":\"listen\"}\n");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void onlyTheUserMayOpenIt() throws Exception {
    serve((what, request, events) -> Json.object());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineThatIsTooLongOrNoRequestIsRefusedInWords() throws Exception {
    serve((what, request, events) -> Json.object());
    try (SocketChannel raw = raw()) {
      write(raw, "nonsense\n");
      assertThat(read(raw)).contains("\"failed\"").contains("no JSON object");
      write(raw, "{\"wayfolk\":99,\"do\":\"status\"}\n");
      assertThat(read(raw)).contains("another version");
    }
    try (SocketChannel raw = raw()) {
      write(raw, "x".repeat(Wire.MAX_REQUEST + 5_000));
      assertThat(read(raw)).contains("longer than");
    }
  }

  @Test
  void moreClientsThanThereIsRoomForAreToldSo() throws Exception {
    serve((what, request, events) -> Json.object());
    List<SocketChannel> idle = new ArrayList<>();
    for (int i = 0; i < ControlServer.MAX_CLIENTS; i++) {
      SocketChannel c = raw();
      write(c, "{\"wayfolk\":1,\"do\":\"status\"}\n");
      assertThat(read(c)).contains("\"done\"");
      idle.add(c);
    }
    try (SocketChannel one = raw()) {
      assertThat(read(one)).contains("answers 64 commands already");
    }
    for (SocketChannel c : idle) {
      c.close();
    }
  }

  private SocketChannel raw() throws Exception {
    return SocketChannel.open(UnixDomainSocketAddress.of(path()));
  }

  private static void write(SocketChannel to, String text) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static String read(SocketChannel from) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(65_536);
    int n = from.read(bytes);
    return new String(bytes.array(), 0, Math.max(0, n), StandardCharsets.UTF_8);
  }
}
