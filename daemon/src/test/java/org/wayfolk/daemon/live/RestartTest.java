package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Json;

/** What a node keeps when it ends, gracefully or not, and how it ends. */
@Tag("process")
final class RestartTest {
  private static final String NETWORK = "local:restart";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path tmp;

  private LiveNode first() throws Exception {
    return LiveNode.start(tmp.resolve("a"), "--network", NETWORK, "--listen", "127.71.1.1:0");
  }

  @Test
  void aNodeRestartedWithoutJoinIsBackWithItsIdentityAndPort() throws Exception {
    Path home = tmp.resolve("b");
    try (LiveNode a = first()) {
      String id;
      String address;
      try (LiveNode b =
          LiveNode.start(
              home, "--network", NETWORK, "--listen", "127.72.2.1:0", "--join", a.peer())) {
        b.awaitLinks(a);
        id = b.id();
        address = b.address();
        assertThat(b.terminate()).isZero();
        assertThat(home.resolve("sock")).doesNotExist();
      }
      // A farewell, not a timeout: the neighbour knows at once.
      Duration noticed = Wait.until(Duration.ofSeconds(5), () -> !a.linkedTo(id));
      System.out.printf("farewell noticed after %d ms%n", noticed.toMillis());
      try (LiveNode again = LiveNode.start(home, "--listen", "127.72.2.1:0")) {
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.address()).isEqualTo(address);
        Duration back = Wait.until(Duration.ofSeconds(30), () -> again.linkedTo(a));
        System.out.printf("back in the network after %d ms%n", back.toMillis());
      }
    }
  }

  @Test
  void aKilledNodeIsBackToo() throws Exception {
    Path home = tmp.resolve("b");
    try (LiveNode a = first()) {
      String id;
      String address;
      try (LiveNode b = LiveNode.start(home, "--network", NETWORK, "--join", a.peer())) {
        b.awaitLinks(a);
        id = b.id();
        address = b.address();
        Wait.until(Duration.ofSeconds(20), () -> Files.exists(home.resolve("peers")));
        b.kill();
      }
      // Its socket file is still there and must not keep the next one out.
      assertThat(home.resolve("sock")).exists();
      Ran status = Ran.wayfolk("status", "--home", home.toString());
      assertThat(status.status()).isEqualTo(3);
      try (LiveNode again = LiveNode.start(home)) {
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.address()).isEqualTo(address);
        Wait.until(Duration.ofSeconds(60), () -> again.linkedTo(a));
      }
    }
  }

  @Test
  void howMuchItCarriesAndHasCarriedTodayOutlivesAKill() throws Exception {
    Path home = tmp.resolve("c");
    Files.createDirectories(home);
    long now = System.currentTimeMillis();
    try (LiveNode c = LiveNode.start(home, "--network", NETWORK, "--daily", "5 MB")) {
      assertThat(c.status().path("carryPerDayBytes").asLong()).isEqualTo(5_000_000);
      assertThat(c.status().path("carries").asBoolean()).isTrue();
      ObjectNode set = Json.object().put("wayfolk", 1).put("do", "carry").put("perDay", 4_000_000);
      assertThat(c.ask(set).path("perDay").asLong()).isEqualTo(4_000_000);
      c.kill();
    }
    Files.writeString(home.resolve("carried"), "{\"bytes\":3999990,\"atMs\":%d}".formatted(now));
    try (LiveNode again = LiveNode.start(home)) {
      ObjectNode status = again.status();
      assertThat(status.path("carryPerDayBytes").asLong()).isEqualTo(4_000_000);
      assertThat(status.path("carriedSinceMs").asLong()).isLessThanOrEqualTo(now + 86_400_000L);
      // Around midnight the figure is of another day by now.
      if (status.path("carriedSinceMs").asLong() <= now) {
        assertThat(status.path("carriedTodayBytes").asLong()).isEqualTo(3_999_990);
      }
    }
    try (LiveNode nothing = LiveNode.start(home, "--daily", "off")) {
      assertThat(nothing.status().path("carries").asBoolean()).isFalse();
    }
    try (LiveNode still = LiveNode.start(home)) {
      assertThat(still.status().path("carryPerDayBytes").asLong(-1)).isZero();
      assertThat(Ran.wayfolk("status", "--home", home.toString()).out())
          .contains("carries nothing, as you said");
    }
  }

  @Test
  void inTheBackgroundItIsReadyWhenTheCommandReturnsAndDownWaitsForItsEnd() throws Exception {
    String home = tmp.resolve("d").toString();
    Ran up = Ran.wayfolk("up", "-d", "--json", "--home", home, "--network", "local:x");
    assertThat(up.status()).as(up.toString()).isZero();
    ObjectNode ready = up.json();
    long pid = ready.path("pid").asLong();
    try {
      assertThat(ProcessHandle.of(pid)).isPresent();
      Ran id = Ran.wayfolk("id", "--json", "--home", home);
      assertThat(id.out().strip()).isEqualTo("{\"id\":\"" + ready.path("id").asText() + "\"}");
      Ran status = Ran.wayfolk("status", "--json", "--home", home);
      assertThat(status.json().path("listen")).isEqualTo(ready.path("listen"));
      Ran pretty = Ran.wayfolk("status", "--home", home);
      assertThat(pretty.out())
          .contains("without a link")
          .contains("--join " + ready.path("id").asText());
      Ran down = Ran.wayfolk("down", "--json", "--home", home);
      assertThat(down.status()).as(down.toString()).isZero();
      assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    assertThat(Ran.wayfolk("down", "--home", home).status()).isEqualTo(3);
  }

  @Test
  void messagesWaitForAReaderAndOnesSentToOneselfNeedNoNetwork() throws Exception {
    try (LiveNode a = first()) {
      String home = a.home().toString();
      Ran sent = Ran.wayfolk("node", "send", a.id(), "note to self", "--home", home);
      assertThat(sent.status()).as(sent.toString()).isZero();
      assertThat(sent.out()).contains("delivered");
      assertThat(a.status().path("unread").asInt()).isEqualTo(1);
      Ran heard = Ran.wayfolk("node", "listen", "-n", "1", "--home", home);
      assertThat(heard.out()).contains("note to self").contains(a.id().substring(0, 8));
      assertThat(a.status().path("unread").asInt()).isZero();
      // Printed by the shell: what this JVM could pass on depends on its own locale.
      String shell = "exec \"$@\" \"$(printf 'Gr\\303\\274\\303\\237e')\"";
      List<String> send = new ArrayList<>(List.of("sh", "-c", shell, "-"));
      send.addAll(SameProgram.with(Ran.MAIN, List.of("--home", home, "node", "send", a.id())));
      Ran umlauts = Ran.command(send, Map.of("LC_ALL", "C"));
      assertThat(umlauts.status()).as(umlauts.toString()).isZero();
      heard = Ran.wayfolk("node", "listen", "-n", "1", "--json", "--home", home);
      assertThat(heard.json().path("text").asText()).isEqualTo("Grüße");
      Ran nothing = Ran.wayfolk("node", "listen", "--timeout", "0.3", "--json", "--home", home);
      assertThat(nothing.status()).isEqualTo(5);
      Ran nobody =
          Ran.wayfolk(
              "node", "send", "ef".repeat(32), "x", "--timeout", "1", "--json", "--home", home);
      assertThat(nobody.status()).as(nobody.toString()).isEqualTo(4);
      assertThat(Json.parse(nobody.out().strip()).path("reason").asText()).isEqualTo("no_route");
    }
  }

  @Test
  void aFullRingIsANegativeReceiptUntilSomebodyReads() throws Exception {
    try (LiveNode a = first();
        LiveNode b = LiveNode.start(tmp.resolve("b"), "--network", NETWORK, "--join", a.peer())) {
      b.awaitLinks(a);
      ObjectNode request =
          ControlClient.request("node.send").put("to", a.id()).put("payload", "aGk=");
      try (ControlClient client = b.client()) {
        for (int i = 0; i < 1_000; i++) {
          assertThat(client.call(request, LIMIT).path("outcome").asText()).isEqualTo("delivered");
        }
        ObjectNode refused = client.call(request.put("timeoutMs", 3_000), LIMIT);
        System.out.println("to a full ring: " + refused);
        assertThat(refused.path("outcome").asText()).isEqualTo("undelivered");
        assertThat(a.status().path("unread").asInt()).isEqualTo(1_000);
        a.ask(ControlClient.request("node.listen").put("count", 1));
        assertThat(client.call(request.put("timeoutMs", 30_000), LIMIT).path("outcome").asText())
            .isEqualTo("delivered");
      }
    }
  }
}
