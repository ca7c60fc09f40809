package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.ControlClient;

/** Four processes: A and D take links, B and C do not, so that B and C meet only through others. */
@Tag("process")
final class ThroughOthersTest {
  @TempDir Path tmp;

  private LiveNode start(String name, String... more) throws Exception {
    int number = name.charAt(0);
    List<String> options = new ArrayList<>(List.of("--network", "local:through", "--listen"));
    options.add("127." + number + "." + (number - 60) + ".1:0");
    options.addAll(List.of(more));
    return LiveNode.start(tmp.resolve(name), options.toArray(String[]::new));
  }

  @Test
  void aBareIdIsReachedInTwoHopsAndAgainAfterAHopWasKilled() throws Exception {
    try (LiveNode a = start("A");
        LiveNode d = start("D", "--join", a.peer());
        LiveNode b = start("B", "--max-inbound", "0", "--join", a.peer(), "--join", d.peer());
        LiveNode c = start("C", "--max-inbound", "0", "--join", a.peer(), "--join", d.peer())) {
      b.awaitLinks(a, d);
      c.awaitLinks(a, d);
      assertThat(b.linkedTo(c)).isFalse();
      assertThat(c.linkedTo(b)).isFalse();

      Ran sent =
          Ran.wayfolk("node", "send", c.id(), "hello C", "--json", "--home", b.home().toString());
      assertThat(sent.status()).as(sent.toString()).isZero();
      ObjectNode outcome = sent.json();
      assertThat(outcome.path("outcome").asText()).isEqualTo("delivered");
      assertThat(outcome.path("hops").asInt()).isEqualTo(2);
      Ran heard = Ran.wayfolk("node", "listen", "-n", "1", "--json", "--home", c.home().toString());
      assertThat(heard.json().path("text").asText()).isEqualTo("hello C");
      assertThat(heard.json().path("from").asText()).isEqualTo(b.id());
      assertThat(heard.json().path("protection").asText()).isEqualTo("sealed");
      assertThat(b.linkedTo(c)).isFalse();
      assertThat(a.status().path("forwarded").asLong() + d.status().path("forwarded").asLong())
          .isPositive();

      a.kill();
      Duration healed = Wait.until(Duration.ofSeconds(75), () -> delivered(b, c));
      System.out.printf("B reached C %d ms after A was killed%n", healed.toMillis());
      assertThat(b.linkedTo(c)).isFalse();
    }
  }

  private static boolean delivered(LiveNode from, LiveNode to) throws Exception {
    ObjectNode request = ControlClient.request("node.send").put("to", to.id());
    return from.ask(request.put("payload", "aGk=").put("timeoutMs", 10_000))
        .path("outcome")
        .asText()
        .equals("delivered");
  }

  @Test
  void pingMeasuresRoundTripsThroughOthers() throws Exception {
    try (LiveNode a = start("A");
        LiveNode b = start("B", "--max-inbound", "0", "--join", a.peer());
        LiveNode c = start("C", "--max-inbound", "0", "--join", a.peer())) {
      b.awaitLinks(a);
      c.awaitLinks(a);
      Ran ping =
          Ran.wayfolk(
              "ping", c.id(), "-c", "3", "-i", "0.1", "--json", "--home", b.home().toString());
      assertThat(ping.status()).as(ping.toString()).isZero();
      assertThat(ping.json().path("received").asInt()).isEqualTo(3);
      assertThat(ping.json().path("minMs").asDouble()).isPositive();
      Ran nobody =
          Ran.wayfolk(
              "ping",
              "cd".repeat(32),
              "-c",
              "1",
              "--timeout",
              "1",
              "--json",
              "--home",
              b.home().toString());
      assertThat(nobody.status()).isEqualTo(5);
    }
  }
}
