package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ping}. */
@Command(
    name = "ping",
    headerHeading = "Example: wayfolk ping 3f2a...9c%n%n",
    header = "Asks a node for its keys and shows how long that takes.",
    description = {
      "",
      "Each time anew through the overlay, over as many nodes as it needs. With --json a line an"
          + " answer,",
      "then a line with the statistics."
    })
final class PingCommand implements Callable<Integer> {
  /** What one question may take, unless the user says otherwise. */
  private static final Duration ONE = Duration.ofSeconds(5);

  private final Wayfolk wayfolk;

  @Parameters(paramLabel = "WHO", description = "ID or ID@HOST:PORT")
  String who = "";

  @Option(names = "-c", paramLabel = "COUNT", description = "how often (default: 4)")
  int count = 4;

  @Option(names = "-i", paramLabel = "SECONDS", description = "pause between (default: 1)")
  double pause = 1;

  private final List<Double> times = new ArrayList<>();
  private String reason = "";

  PingCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    if (count < 1 || count > 100_000 || !(pause >= 0 && pause <= Wayfolk.MAX_SECONDS)) {
      throw Failure.usage("-c or -i is out of range", "use -c 1 or more, -i 0 to 600");
    }
    Who peer = Who.parse(who);
    Duration limit = wayfolk.timed() ? wayfolk.timeout() : ONE;
    ObjectNode request = NodeSend.to(peer, ControlClient.request("ask"));
    request.put("timeoutMs", limit.toMillis());
    try (ControlClient client = wayfolk.connect()) {
      for (int seq = 1; seq <= count; seq++) {
        if (seq > 1) {
          Thread.sleep(Duration.ofNanos((long) (pause * 1e9)));
        }
        show(seq, peer, client.call(request, limit.plus(NodeSend.GRACE)));
      }
    }
    return sum(peer);
  }

  private void show(int seq, Who peer, ObjectNode answer) {
    Voice voice = wayfolk.voice();
    ObjectNode line = Json.object().put("seq", seq);
    if (answer.path("answered").asBoolean()) {
      double ms = answer.path("ms").asDouble();
      times.add(ms);
      int hops = answer.path("hops").asInt();
      boolean direct = answer.path("direct").asBoolean();
      voice.result(line.put("ms", ms).put("hops", hops).put("direct", direct));
      String way =
          direct && hops <= 1
              ? "over the link to it"
              : "about " + Wording.count(hops, "hop") + (direct ? ", though there is a link" : "");
      voice.result(
          "%3d  %s  %8s  %s"
              .formatted(seq, peer.id().shortHex(), Wording.millis(ms), voice.paint().faint(way)));
    } else {
      reason = answer.path("reason").asText("no_answer");
      voice.result(line.put("reason", reason));
      String text = reason.equals("no_route") ? "no link to anyone" : "no answer";
      voice.result("%3d  %s  %s".formatted(seq, peer.id().shortHex(), voice.paint().bad(text)));
    }
  }

  private int sum(Who peer) {
    Voice voice = wayfolk.voice();
    int lost = count - times.size();
    ObjectNode line =
        Json.object()
            .put("id", peer.id().hex())
            .put("sent", count)
            .put("received", times.size())
            .put("lossPercent", Json.round(100.0 * lost / count));
    if (times.isEmpty()) {
      voice.result(line.put("reason", reason));
      Exit exit = reason.equals("no_route") ? Exit.NO_ROUTE : Exit.TIMED_OUT;
      if (!voice.json()) {
        voice.error(
            new Failure(
                exit,
                "no answer from " + peer.id().shortHex(),
                "check the id and that the node runs; `wayfolk status` shows your own links"));
      }
      return exit.code();
    }
    List<Double> sorted = times.stream().sorted().toList();
    double mean = times.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double median = sorted.get(sorted.size() / 2);
    voice.result(
        line.put("minMs", sorted.getFirst())
            .put("medianMs", median)
            .put("meanMs", Json.round(mean))
            .put("maxMs", sorted.getLast()));
    voice.result(
        "%d of %d answered, %s %% lost; fastest %s, median %s, average %s, slowest %s"
            .formatted(
                times.size(),
                count,
                String.format(Locale.ROOT, "%.0f", 100.0 * lost / count),
                Wording.millis(sorted.getFirst()),
                Wording.millis(median),
                Wording.millis(mean),
                Wording.millis(sorted.getLast())));
    return Exit.OK.code();
  }
}
