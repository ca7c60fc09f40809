package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show}. */
@Command(
    name = "show",
    headerHeading = "Example: wayfolk show 3f2a9c11%n%n",
    header = "Tells the truth about one message: where it is, since when, after how many tries.")
final class ShowCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Parameters(
      paramLabel = "MESSAGE",
      description = "its id as `send` and `history --json` show it, or the first 6 digits or more")
  String message = "";

  ShowCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    Voice voice = wayfolk.voice();
    ObjectNode m = PeopleCalls.call(wayfolk, ControlClient.request("show").put("message", message));
    voice.result(m);
    voice.result(PeopleCalls.line(voice.paint(), m, true));
    voice.result("  message    " + m.path("message").asText());
    if (!m.has("deliveries")) {
      voice.result("  received   " + PeopleCalls.when(m.path("receivedAt").asText()));
      return Exit.OK.code();
    }
    for (JsonNode d : m.path("deliveries")) {
      show(voice, d);
    }
    if (m.has("readAt")) {
      voice.result("  read       " + PeopleCalls.when(m.path("readAt").asText()));
    }
    return Exit.OK.code();
  }

  private static void show(Voice voice, JsonNode d) {
    String tries =
        ", after " + Wording.count(d.path("tries").asInt(), "try").replace("trys", "tries");
    voice.result("  device " + d.path("device").asInt());
    voice.result("    kept       " + PeopleCalls.when(d.path("queuedAt").asText()));
    switch (d.path("state").asText()) {
      case "delivered" ->
          voice.result(
              "    delivered  %s%s, %s there and back over about %s"
                  .formatted(
                      PeopleCalls.when(d.path("deliveredAt").asText()),
                      tries,
                      Wording.millis(d.path("ms").asDouble()),
                      Wording.count(d.path("hops").asInt(), "hop")));
      case "sent" ->
          voice.result(
              "    sent       " + PeopleCalls.when(d.path("sentAt").asText()) + ", no answer yet");
      default -> {
        boolean waits = d.path("state").asText().equals("queued");
        voice.result(
            (waits ? "    waits      " : "    failed     ") + d.path("why").asText() + tries);
        voice.result("    to do      " + d.path("do").asText());
        if (waits && d.has("nextTryAt")) {
          voice.result("    next try   " + PeopleCalls.when(d.path("nextTryAt").asText()));
        }
      }
    }
  }
}
