package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.routing.Carried;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.transport.Address;

/** Requests of the control socket, and the JSON that scripts rely on. */
final class RequestsTest {
  private final FixedNode node = new FixedNode();
  private final Ring<RawMessage> ring = new Ring<>(10);
  private final AtomicInteger left = new AtomicInteger();
  @TempDir Path tmp;
  private Home home;
  private Requests requests;

  @BeforeEach
  void open() throws Failure {
    home = Home.open(tmp.resolve("home"));
    requests =
        new Requests(
            node,
            ring,
            new Carrying(node, home),
            (what, request, events) -> request,
            left::incrementAndGet,
            null);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private ObjectNode ask(String what, ObjectNode request) throws Exception {
    return requests.handle(what, request, event -> {});
  }

  private static ObjectNode to(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return Json.object()
        .put("to", FixedNode.PEER.hex())
        .put("payload", Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void statusHasTheKeysThatScriptsKnow() throws Exception {
    node.forwarded = 7;
    node.drops.put("no_way", 3L);
    node.drops.put("envelope_replayed", 5L);
    node.links.add(link(FixedNode.PEER, 2, false));
    ObjectNode status = ask("status", Json.object());
    assertThat(status.path("id").asText()).isEqualTo(FixedNode.SELF.hex());
    assertThat(status.path("network").asText()).isEqualTo("local:test");
    assertThat(status.path("listen").toString()).isEqualTo("[\"127.0.0.1:4242\"]");
    assertThat(status.path("forwarded").asLong()).isEqualTo(7);
    assertThat(status.path("delivered").asLong()).isEqualTo(2);
    assertThat(status.path("drops").path("no_way").asLong()).isEqualTo(3);
    assertThat(status.path("drops").path("envelope_replayed").asLong()).isEqualTo(5);
    assertThat(status.path("duplicates").toString()).isEqualTo("{\"envelope_replayed\":5}");
    assertThat(status.path("links").path(0).toString())
        .startsWith(
            "{\"id\":\"%s\",\"address\":\"127.9.1.1:99\",\"level\":2,\"rttMs\":0.5"
                .formatted(FixedNode.PEER.hex()));
  }

  @Test
  void linksAreSortedSiblingsFirstThenByLevel() throws Exception {
    node.links.add(link(new NodeId(9, 0, 0, 0), 0, false));
    node.links.add(link(new NodeId(8, 0, 0, 0), 4, false));
    node.links.add(link(new NodeId(7, 0, 0, 0), 1, true));
    List<Integer> levels = new ArrayList<>();
    ask("status", Json.object()).path("links").forEach(l -> levels.add(l.path("level").asInt()));
    assertThat(levels).containsExactly(1, 4, 0);
  }

  @Test
  void aDeliveredMessageSaysTimeHopsAndTries() throws Exception {
    node.outcome = new Outcome.Delivered(Duration.ofNanos(12_340_000), 2, 1);
    assertThat(ask("node.send", to("hello").put("timeoutMs", 5_000)).toString())
        .isEqualTo("{\"outcome\":\"delivered\",\"ms\":12.3,\"hops\":2,\"tries\":1}");
    assertThat(new String(node.sent, StandardCharsets.UTF_8)).isEqualTo("hello");
    assertThat(node.limit).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void anUndeliveredMessageSaysWhyInLowerCase() throws Exception {
    for (Reason why : Reason.values()) {
      node.outcome = new Outcome.Undelivered(why, 3);
      ObjectNode answer = ask("node.send", to("x"));
      assertThat(answer.path("outcome").asText()).isEqualTo("undelivered");
      assertThat(answer.path("reason").asText()).isEqualTo(why.key()).matches("[a-z_]+");
    }
  }

  @Test
  void anAddressIsAHintWhereToFindThePeer() throws Exception {
    ask("node.send", to("x").put("address", "127.0.0.1:9"));
    assertThat(node.joined).containsExactly(FixedNode.PEER.shortHex() + "@127.0.0.1:9");
  }

  @Test
  void hostileRequestsAreRefusedInWords() {
    List<ObjectNode> bad =
        List.of(
            Json.object(),
            Json.object().put("to", "zz").put("payload", ""),
            to("x").put("address", "host:1"),
            to("x").put("payload", "***"),
            to("x".repeat(48 * 1024 + 1)));
    for (ObjectNode request : bad) {
      assertThatThrownBy(() -> ask("node.send", request)).isInstanceOf(Failure.class);
    }
    assertThatThrownBy(() -> ask("dance", Json.object())).hasMessageContaining("'dance'");
  }

  @Test
  void listeningTellsUnreadMessagesInOrderAndMarksThemRead() throws Exception {
    ring.offer(message("one".getBytes(StandardCharsets.UTF_8)));
    ring.offer(message(new byte[] {(byte) 0xff, 0x00}));
    List<ObjectNode> told = new ArrayList<>();
    ObjectNode end = requests.handle("node.listen", Json.object().put("count", 2), told::add);
    assertThat(told.get(0).toString())
        .startsWith(
            "{\"from\":\"%s\",\"text\":\"one\",\"protection\":\"sealed\""
                .formatted(FixedNode.PEER.hex()));
    assertThat(told.get(1).path("base64").asText()).isEqualTo("/wA=");
    assertThat(end.path("messages").asInt()).isEqualTo(2);
    assertThat(ring.unread()).isZero();
  }

  @Test
  void aMessageThatCouldNotBeToldStaysUnread() {
    ring.offer(message(new byte[] {'a'}));
    assertThatThrownBy(() ->
            requests.handle(
                "node.listen",
                Json.object(),
                event -> {
                  throw new java.io.IOException("the reader has gone");
                }))
        .isInstanceOf(java.io.IOException.class);
    assertThat(ring.unread()).isEqualTo(1);
  }

  @Test
  void askingSaysTheRoundTripOrWhyThereIsNone() throws Exception {
    ObjectNode who = Json.object().put("to", FixedNode.PEER.hex());
    assertThat(ask("ask", who).path("reason").asText()).isEqualTo("no_route");
    node.links.add(link(new NodeId(9, 0, 0, 0), 0, false));
    assertThat(ask("ask", who).path("reason").asText()).isEqualTo("no_answer");
    node.asked = Optional.of(new LocalNode.Asked(3.14, 2, false));
    assertThat(ask("ask", who).toString())
        .isEqualTo("{\"answered\":true,\"ms\":3.1,\"hops\":2,\"direct\":false}");
  }

  @Test
  void aTraceTellsEachHopAndHowItEnded() throws Exception {
    ObjectNode who = Json.object().put("to", FixedNode.PEER.hex());
    assertThat(ask("trace", who).toString())
        .isEqualTo("{\"reached\":false,\"reason\":\"no_route\"}");
    NodeId via = new NodeId(9, 0, 0, 0);
    node.hops =
        List.of(
            new TraceHop(1, via, 1_200_000, FixedNode.PEER, false, 400_000, false),
            new TraceHop(2, null, 0, null, false, 0, false),
            new TraceHop(3, FixedNode.PEER, 3_000_000, null, false, 0, true));
    assertThat(ask("trace", who).toString()).isEqualTo("{\"reached\":true,\"hops\":3}");
  }

  @Test
  void downBeginsTheEndOnce() throws Exception {
    assertThat(ask("down", Json.object()).path("leaving").asBoolean()).isTrue();
    assertThat(left).hasValue(1);
  }

  @Test
  void whatIsCarriedIsSaidAndChangedAndKept() throws Exception {
    node.carried = new Carried(Carried.NO_LIMIT, 38, 1_000, true);
    assertThat(ask("carry", Json.object()).toString())
        .isEqualTo("{\"unlimited\":true,\"today\":38,\"since\":1000,\"on\":true}");
    assertThat(ask("status", Json.object()).has("carryPerDayBytes")).isFalse();
    assertThat(home.config().carryPerDay()).isEmpty();

    assertThat(ask("carry", Json.object().put("perDay", 200)).toString())
        .isEqualTo("{\"perDay\":200,\"today\":38,\"since\":1000,\"on\":true}");
    assertThat(node.carried.perDay()).isEqualTo(200);
    assertThat(home.config().carryPerDay()).hasValue(200);

    assertThat(ask("carry", Json.object().put("perDay", 0)).path("on").asBoolean()).isFalse();
    ObjectNode status = ask("status", Json.object());
    assertThat(status.path("carryPerDayBytes").asLong(-1)).isZero();
    assertThat(status.path("carriedTodayBytes").asLong()).isEqualTo(38);
    assertThat(status.path("carriedSinceMs").asLong()).isEqualTo(1_000);
    assertThat(status.path("carries").asBoolean()).isFalse();
    assertThat(Home.look(home.dir()).carryPerDay()).hasValue(0);

    ask("carry", Json.object().put("unlimited", true));
    assertThat(Home.look(home.dir()).carryPerDay()).hasValue(Carried.NO_LIMIT);
    for (ObjectNode bad :
        List.of(
            Json.object().put("perDay", -1),
            Json.object().put("perDay", 1.5),
            Json.object().put("perDay", "200MB"),
            Json.object().putNull("perDay"))) {
      assertThatThrownBy(() -> ask("carry", bad)).isInstanceOf(Failure.class);
    }
    assertThat(node.carried.perDay()).isEqualTo(Carried.NO_LIMIT);
  }

  private static RawMessage message(byte[] payload) {
    return new RawMessage(FixedNode.PEER, payload, "sealed", 5);
  }

  private static LocalNode.LinkView link(NodeId id, int level, boolean sibling) {
    return new LocalNode.LinkView(
        id,
        Address.parse("127.9.1.1:99"),
        level,
        1,
        sibling,
        true,
        Cost.MAINS,
        true,
        0.49,
        60_000,
        0);
  }
}
