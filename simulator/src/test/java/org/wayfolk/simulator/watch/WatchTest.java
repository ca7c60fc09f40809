package org.wayfolk.simulator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.simulator.overlay.Run;
import org.wayfolk.simulator.overlay.Scenario;
import org.wayfolk.simulator.overlay.ScenarioReader;

final class WatchTest {
  private static final int SEED = 3;

  /** Ten members, half of which are cut off from the others while messages are sent. */
  private static Scenario cut() {
    return ScenarioReader.read(
        """
        {"what": "a cut", "steps": [
          {"do": "join", "nodes": 10, "rate": 5},
          {"do": "wait", "time": "10s"},
          {"do": "cut", "share": 0.5},
          {"do": "send", "pairs": 20, "over": "4s"}],
          "checks": []}
        """);
  }

  private static Figures watched(Watching watching) {
    return new Run(cut(), SEED, true, Progress.none(), watching, watching).figures();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void whoLooksOnChangesNothing() {
    Figures alone = new Run(cut(), SEED, true, Progress.none()).figures();
    assertThat(watched(new Watching(at -> {})).json()).isEqualTo(alone.json());
  }

  @Test
  void everyMessageIsFollowedFromLinkToLink() throws Exception {
    Watching watching = new Watching(at -> {});
    Figures figures = watched(watching);
    watching.over("over");
    JsonNode state = json(watching.state());
    assertThat(state.path("nodes")).hasSize(10);
    assertThat(state.path("sent").asInt()).isEqualTo(20);
    assertThat(state.path("over").asText()).isEqualTo("over");
    assertThat(figures.has("delivered")).isTrue();
    int delivered = 0;
    for (JsonNode message : state.path("messages")) {
      if (message.path("hurt").asText().equals("none")) {
        delivered++;
        assertThat(way(message)).as(message.toString()).isTrue();
      }
    }
    assertThat(delivered).isPositive();
  }

  /** Whether its legs lead from its origin to its target. */
  private static boolean way(JsonNode message) {
    java.util.Set<Integer> reached = new java.util.TreeSet<>();
    reached.add(message.path("from").asInt());
    for (JsonNode leg : message.path("legs")) {
      if (!leg.path(3).asBoolean() && reached.contains(leg.path(0).asInt())) {
        reached.add(leg.path(1).asInt());
      }
    }
    return reached.contains(message.path("to").asInt());
  }

  @Test
  void theTablesAreKeptAsTheyWereWhenADeliveryFailed() throws Exception {
    Watching watching = new Watching(at -> {});
    watched(watching);
    watching.over("");
    JsonNode state = json(watching.state());
    assertThat(state.path("lost").asInt()).isPositive();
    assertThat(state.path("failures")).hasSize(state.path("lost").asInt());
    JsonNode failure = json(watching.failure(0));
    assertThat(failure.path("hurt").asText()).isEqualTo("lost");
    assertThat(failure.path("failed_at").asDouble()).isGreaterThan(failure.path("at").asDouble());
    assertThat(failure.path("tables").path(0).path("n")).isEqualTo(failure.path("from"));
    assertThat(failure.path("tables").path(0).path("links")).isNotEmpty();
    assertThat(watching.failure(50)).isEmpty();
  }

  @Test
  void thePageAnswersOnlyUnderNamesOfLoopbackAndOnlyToBeRead() throws Exception {
    try (WatchServer server = new WatchServer(new Watching(at -> {}), 0);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest page = HttpRequest.newBuilder(URI.create(server.address())).build();
      HttpResponse<String> answer = client.send(page, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; script-src 'self'");
      assertThat(answer.body()).doesNotContain("<script>").doesNotContain(" style=");
      HttpRequest post =
          HttpRequest.newBuilder(URI.create(server.address() + "state"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
      assertThat(raw(server, "evil.example")).startsWith("HTTP/1.1 421");
      URI address = URI.create(server.address());
      assertThat(raw(server, address.getAuthority())).startsWith("HTTP/1.1 200");
    }
  }

  private static String raw(WatchServer server, String host) throws Exception {
    URI address = URI.create(server.address());
    try (java.net.Socket socket = new java.net.Socket(address.getHost(), address.getPort())) {
      String ask = "GET /state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
