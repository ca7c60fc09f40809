package org.wayfolk.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * What a test has done before its own matter begins, by the control socket: it is quicker there.
 */
final class Meeting {
  private static final long WAIT_MS = 60_000;

  /** How long a tab that was closed may be counted as open. */
  private static final Duration GONE = Duration.ofSeconds(30);

  private Meeting() {}

  /** Gives a home its person, past the first run. */
  static LiveHome named(LiveHome home, String name) throws Failure {
    home.ask(ControlClient.request("me").put("name", name));
    return home;
  }

  /** Two people whose homes are up, and who are friends. */
  record Pair(LiveHome one, LiveHome other) {}

  /** Starts two homes at once, and makes friends of their people. */
  static Pair friends(LiveHome one, String name, LiveHome other, String otherName)
      throws Exception {
    CompletableFuture.allOf(one.begin(), other.begin()).join();
    named(one, name);
    named(other, otherName);
    befriend(one, other);
    return new Pair(one, other);
  }

  /** Two friends for many tests, one after the other. */
  static final class Old {
    private static final List<String> UNDONE = List.of("unpin", "unmute", "unarchive", "unblock");

    private final Pair pair;
    private final List<JsonNode> settings = new ArrayList<>();

    Old(Pair pair) throws Failure {
      this.pair = pair;
      for (LiveHome home : List.of(pair.one, pair.other)) {
        settings.add(home.ask("settings").path("settings"));
      }
    }

    Pair pair() {
      return pair;
    }

    /** Brings back what an earlier test changed, but for what was written. */
    void tidy() throws Exception {
      for (LiveHome home : List.of(pair.one, pair.other)) {
        if (!home.process().isAlive()) {
          home.up();
        }
        // A page that goes keeps its draft: what it says then is heard before it counts as gone.
        Stage.until(GONE, () -> home.ask("status").path("page").path("open").asInt() == 0);
        String card = cardOfFriend(home);
        home.ask(ControlClient.request("draft").put("who", card).put("text", ""));
        for (String act : UNDONE) {
          home.ask(ControlClient.request("contact").put("who", card).put("act", act));
        }
        settle(home, settings.get(home == pair.one ? 0 : 1));
      }
    }

    private static void settle(LiveHome home, JsonNode before) throws Failure {
      ObjectNode set = Json.object();
      home.ask("settings").path("settings").properties().forEach(e -> set.putNull(e.getKey()));
      before.properties().forEach(e -> set.set(e.getKey(), e.getValue()));
      if (!set.isEmpty()) {
        ObjectNode request = ControlClient.request("settings");
        request.set("set", set);
        home.ask(request);
      }
    }
  }

  /** Makes friends of two who have names; answers the card that the second has for the first. */
  static String befriend(LiveHome one, LiveHome other) throws Failure {
    String link = one.ask("invite").path("link").asText();
    ObjectNode accept = ControlClient.request("accept").put("invitation", link);
    return other.ask(accept.put("timeoutMs", WAIT_MS)).path("card").asText();
  }

  /** The card of the only friend. */
  static String cardOfFriend(LiveHome home) throws Failure {
    return home.ask("contacts").path("contacts").path(0).path("card").asText();
  }

  /** Sends a text, and waits until it has arrived; answers the message. */
  static String say(LiveHome from, String card, String text) throws Failure {
    return say(from, card, text, "");
  }

  /** The same, as an answer to a message unless that is empty. */
  static String say(LiveHome from, String card, String text, String replyTo) throws Failure {
    ObjectNode send = ControlClient.request("send").put("who", card).put("text", text);
    if (!replyTo.isEmpty()) {
      send.put("replyTo", replyTo);
    }
    return from.ask(send.put("timeoutMs", WAIT_MS)).path("message").asText();
  }

  /** Stores a text to be sent, and waits for nothing. */
  static String keep(LiveHome from, String card, String text) throws Failure {
    ObjectNode send = ControlClient.request("send").put("who", card).put("text", text);
    return from.ask(send.put("wait", false)).path("message").asText();
  }

  /** What was written with somebody, notes left out, oldest first. */
  static List<String> texts(LiveHome home, String card) throws Failure {
    List<String> texts = new ArrayList<>();
    ObjectNode history = ControlClient.request("history").put("who", card).put("count", 1000);
    for (JsonNode line : home.ask(history).path("messages")) {
      if (!line.has("note")) {
        texts.add(line.path("text").asText());
      }
    }
    return texts;
  }
}
