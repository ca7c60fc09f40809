package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Json;

/** What a user sees of a network of processes: who is linked, the way, and what all this costs. */
@Tag("process")
final class LookTest {
  @TempDir Path tmp;

  private LiveNode start(String name, String address, String... more) throws Exception {
    String[] options = new String[more.length + 4];
    options[0] = "--network";
    options[1] = "local:look";
    options[2] = "--listen";
    options[3] = address;
    System.arraycopy(more, 0, options, 4, more.length);
    return LiveNode.start(tmp.resolve(name), options);
  }

  @Test
  void peersTraceAndCostOfANodeThatPaysByVolume() throws Exception {
    try (LiveNode a = start("A", "127.81.1.1:0", "--cost", "battery");
        LiveNode b = start("B", "127.82.1.1:0", "--cost", "metered", "--join", a.peer());
        LiveNode c = start("C", "127.83.1.1:0", "--cost", "metered", "--join", a.peer())) {
      b.awaitLinks(a);
      c.awaitLinks(a);
      assertThat(b.linkedTo(c)).isFalse();

      // Who carries, who does not, and why.
      Ran peers = Ran.wayfolk("status", "--peers", "--home", b.home().toString());
      assertThat(peers.status()).isZero();
      assertThat(peers.out())
          .contains("nearest: 1 link", "dialled by", "battery", "for you pay by volume");
      ObjectNode status = b.status();
      assertThat(status.path("cost").asText()).isEqualTo("metered");
      assertThat(status.path("carries").asBoolean()).isFalse();
      assertThat(status.path("links").path(0).path("cost").asText()).isEqualTo("battery");
      assertThat(status.path("links").path(0).path("stratum").asText()).matches("[0-9]+[ab]");

      // The way between two that are not linked.
      Wait.until(
          Duration.ofSeconds(30),
          () ->
              Ran.wayfolk("trace", c.id(), "--json", "--home", b.home().toString()).status() == 0);
      Thread.sleep(2_000); // A answers one ask a second
      Ran trace = Ran.wayfolk("trace", c.id(), "--json", "--home", b.home().toString());
      assertThat(trace.status()).as(trace.toString()).isZero();
      List<String> lines = trace.out().lines().toList();
      assertThat(lines).hasSize(3);
      ObjectNode first = Json.parse(lines.getFirst());
      assertThat(first.path("id").asText()).isEqualTo(a.id());
      assertThat(first.path("next").asText()).isEqualTo(c.id());
      assertThat(Json.parse(lines.get(1)).path("target").asBoolean()).isTrue();
      assertThat(Json.parse(lines.get(2)).path("reached").asBoolean()).isTrue();

      Ran ping = Ran.wayfolk("ping", "-c", "2", "-i", "0.3", c.id(), "--home", b.home().toString());
      assertThat(ping.status()).as(ping.toString()).isZero();
      assertThat(ping.out()).contains("about 2 hops", "2 of 2 answered, 0 % lost");

      // Nobody there.
      Ran lost = Ran.wayfolk("trace", "ff".repeat(32), "--home", b.home().toString());
      assertThat(lost.status()).isEqualTo(5);
      assertThat(lost.err()).contains("is silent from here on");
    }
  }
}
