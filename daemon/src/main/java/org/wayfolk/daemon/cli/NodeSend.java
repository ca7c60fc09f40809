package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import org.wayfolk.delivery.Send;

/** {@code node send}. */
final class NodeSend {
  /** What the node may need beyond the time the user gave it to say that this is over. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final Wayfolk wayfolk;

  NodeSend(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  int run(String whoText, String text) throws Failure {
    Who who = Who.parse(whoText);
    byte[] payload = text.equals("-") ? standardInput() : text.getBytes(StandardCharsets.UTF_8);
    if (payload.length > Send.MAX_PAYLOAD) {
      throw Failure.usage(
          "the message is longer than " + Send.MAX_PAYLOAD + " bytes", "send it in parts");
    }
    ObjectNode request = to(who, ControlClient.request("node.send"));
    request.put("payload", Base64.getEncoder().encodeToString(payload));
    request.put("timeoutMs", wayfolk.timeout().toMillis());
    try (ControlClient client = wayfolk.connect()) {
      return show(client.call(request, wayfolk.timeout().plus(GRACE)), who);
    }
  }

  /** Puts a peer into a request; its host's name is resolved here. */
  static ObjectNode to(Who who, ObjectNode request) throws Failure {
    request.put("to", who.id().hex());
    if (who.host() != null) {
      try {
        request.put("address", who.resolve().toString());
      } catch (UnknownHostException e) {
        throw Failure.failed(
            "no host is known by the name " + who.host(),
            "check the name, or leave it away: the network finds nodes by their id");
      }
    }
    return request;
  }

  private static byte[] standardInput() throws Failure {
    try (InputStream in = System.in) {
      return in.readNBytes(Send.MAX_PAYLOAD + 1);
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read", "give the text as an argument");
    }
  }

  private int show(ObjectNode answer, Who who) {
    Voice voice = wayfolk.voice();
    String time = Wording.millis(answer.path("ms").asDouble());
    String outcome = answer.path("outcome").asText();
    String reason = answer.path("reason").asText();
    if (outcome.equals("undelivered")) {
      answer.put("do", remedy(reason));
    }
    voice.result(answer);
    switch (outcome) {
      case "delivered" ->
          voice.result(
              "%s delivered to %s in %s, about %s, %s"
                  .formatted(
                      voice.paint().good("✓"),
                      who.id().shortHex(),
                      time,
                      Wording.count(answer.path("hops").asInt(), "hop"),
                      tries(answer.path("tries").asInt())));
      case "sent" -> voice.result("sent; a node of the older protocol gives no receipts");
      default -> {
        Exit exit = exit(reason);
        if (!voice.json()) {
          String what = "not delivered to %s, %s".formatted(who.id().shortHex(), why(reason));
          voice.error(new Failure(exit, what, remedy(reason)));
        }
        return exit.code();
      }
    }
    return Exit.OK.code();
  }

  private static String tries(int tries) {
    return tries == 1 ? "at the first try" : "after " + tries + " tries";
  }

  /** The exit status for a reason of the library. */
  static Exit exit(String reason) {
    return switch (reason) {
      case "no_route" -> Exit.NO_ROUTE;
      case "no_answer" -> Exit.TIMED_OUT;
      case "refused", "locked", "too_little_work" -> Exit.REFUSED;
      default -> Exit.FAILED;
    };
  }

  private static String why(String reason) {
    return switch (reason) {
      case "no_route" -> "this node has no link to anyone";
      case "no_answer" -> "nothing came back in time";
      case "refused" -> "the other node did not take it";
      case "locked" -> "the other node is locked";
      case "too_little_work" -> "no node of this network can have that id";
      case "unsupported" -> "the other node does not understand messages of this kind";
      case "backpressure" -> "too many messages wait already";
      case "closed" -> "the node is ending";
      default -> "because of " + reason;
    };
  }

  private static String remedy(String reason) {
    return switch (reason) {
      case "no_route" -> "see `wayfolk status`, or give `wayfolk up` a --join";
      case "no_answer" -> "check that the other node runs; it may have arrived all the same";
      case "refused" -> "its ring may be full: let someone run `wayfolk node listen` there";
      case "locked" -> "try again when its owner has unlocked it";
      case "too_little_work" -> "check the id";
      case "unsupported" -> "it needs a newer version";
      case "backpressure" -> "wait a little and try again";
      default -> "try again";
    };
  }
}
