package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code trace}. */
@Command(
    name = "trace",
    headerHeading = "Example: wayfolk trace 3f2a...9c%n%n",
    header = "Shows by which nodes a message to a node goes.",
    description = {
      "",
      "Asks hop by hop. A node may stay silent, and none names those whom its user knows. The next",
      "message may take another way. With --json a line a hop, then a line with the end."
    })
final class TraceCommand implements Callable<Integer> {
  /** What sixteen hops take if each stays silent, and a little. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Wayfolk wayfolk;

  @Parameters(paramLabel = "WHO", description = "ID or ID@HOST:PORT")
  String who = "";

  TraceCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    Who peer = Who.parse(who);
    ObjectNode request = NodeSend.to(peer, ControlClient.request("trace"));
    ObjectNode end;
    try (ControlClient client = wayfolk.connect()) {
      end = client.call(request, wayfolk.timed() ? wayfolk.timeout() : LIMIT, this::show);
    }
    Voice voice = wayfolk.voice();
    voice.result(end);
    if (end.path("reached").asBoolean()) {
      int hops = end.path("hops").asInt();
      voice.result(
          "About %s to %s. The next message may take another way."
              .formatted(Wording.count(hops, "hop"), peer.id().shortHex()));
      return Exit.OK.code();
    }
    boolean none = end.path("reason").asText().equals("no_route");
    Exit exit = none ? Exit.NO_ROUTE : Exit.TIMED_OUT;
    if (!voice.json()) {
      voice.error(
          none
              ? new Failure(exit, "no link to begin with", "see `wayfolk status`")
              : new Failure(
                  exit,
                  "the way to " + peer.id().shortHex() + " is silent from here on",
                  "nodes may decline to be traced; `wayfolk ping` says whether it answers"));
    }
    return exit.code();
  }

  private void show(ObjectNode hop) {
    Voice voice = wayfolk.voice();
    voice.result(hop);
    String id = hop.path("id").asText("");
    String line =
        id.isEmpty()
            ? "%3d  %-8s  %s".formatted(hop.path("hop").asInt(), "·", "no answer")
            : "%3d  %s  %8s  %s"
                .formatted(
                    hop.path("hop").asInt(),
                    id.substring(0, 8),
                    Wording.millis(hop.path("ms").asDouble()),
                    onward(hop));
    voice.result(id.isEmpty() ? voice.paint().faint(line) : line);
  }

  private static String onward(ObjectNode hop) {
    if (hop.path("target").asBoolean()) {
      return "reached";
    }
    if (hop.path("nextHidden").asBoolean()) {
      return "goes on to one whom it does not name (hidden)";
    }
    if (!hop.has("next")) {
      return "knows no way onward";
    }
    double ms = hop.path("nextMs").asDouble();
    return "goes on to "
        + hop.path("next").asText().substring(0, 8)
        + (ms > 0 ? ", " + Wording.millis(ms) + " away" : "");
  }
}
