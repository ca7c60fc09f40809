package org.wayfolk.daemon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.run.FirstRun;
import org.wayfolk.daemon.run.Listening;
import org.wayfolk.daemon.run.UpPlan;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.web.Page;
import org.wayfolk.node.Dialable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
    name = "up",
    headerHeading = "Example: wayfolk up%n%n",
    header = "Starts this node and keeps it running until Ctrl-C or `wayfolk down`.",
    description = {
      "",
      "The first start makes its identity. It carries sealed messages for others, as they do for"
          + " it,",
      "at most so many bytes a day as you say with --daily.",
      "Raw messages that come are kept in memory, at most 1,000, for `wayfolk node listen`; they"
          + " are",
      "lost when it ends."
    })
final class UpCommand implements Callable<Integer> {
  private static final String AUTO = "auto";
  private static final String OFF = "off";

  private final Wayfolk wayfolk;

  @Option(names = "-d", description = "run in the background")
  boolean detach;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "where to listen; port 0 takes any (default: the port kept for this home)")
  @Nullable String listen;

  @Option(
      names = "--join",
      paramLabel = "PEER",
      description = "a node to begin with, ID@HOST:PORT; may be given several times")
  List<String> join = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "main, local or local:NAME (default: the home's own; main for a new one)")
  @Nullable String network;

  @Option(
      names = "--dialable",
      paramLabel = "auto|yes|no",
      description = "whether others are told where to dial this node (default: auto)")
  String dialable = AUTO;

  @Option(
      names = "--relay",
      paramLabel = "auto|on|off",
      description = "carry sessions between others (default: auto; on is not built yet)")
  String relay = AUTO;

  @Option(
      names = "--limit-up",
      paramLabel = "RATE",
      description = "limit for what is carried for others (default: off; not built yet)")
  String limitUp = OFF;

  @Option(
      names = "--daily",
      paramLabel = "BYTES",
      description = {
        "most bytes to carry for others a day: 200MB, 1.5GB, 0 for nothing, unlimited",
        "(default: what was said before; 200MB in a new home)"
      })
  @Nullable String daily;

  @Option(
      names = "--cost",
      paramLabel = "CLASS",
      description = {
        "what it costs you that this node is there for others: mains, battery, metered (carries",
        "nothing, few links) or last-resort (default: what was said before; mains in a new home)"
      })
  @Nullable String cost;

  @Option(
      names = "--max-inbound",
      paramLabel = "N",
      description = "most links that others dialled; 0 takes none (default: 256)")
  @Nullable Integer maxInbound;

  @Option(
      names = "--max-inbound-per-ip",
      paramLabel = "N",
      description = "the same from one address (default: 32)")
  @Nullable Integer maxInboundPerIp;

  @Option(
      names = "--page",
      paramLabel = "PORT|off",
      description =
          "where the page is served on this machine, or not at all (default: a kept port)")
  String page = AUTO;

  @Option(
      names = "--metrics",
      paramLabel = "ADDR|off",
      description = "figures for Prometheus (default: off; not built yet)")
  String metrics = OFF;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = "take the identity from this file of 32 bytes at the first start")
  @Nullable Path seed;

  /** The demo's nodes end when the demo does, however it ends. */
  @Option(names = "--until-input-ends", hidden = true)
  boolean untilInputEnds;

  UpCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    UpPlan plan = plan();
    return detach
        ? new Detached(wayfolk).start(arguments())
        : new Foreground(wayfolk).run(plan, untilInputEnds);
  }

  private UpPlan plan() throws Failure {
    built("--relay", relay, List.of(AUTO, OFF), List.of("on"));
    built("--limit-up", limitUp, List.of(AUTO, OFF), List.of());
    built("--metrics", metrics, List.of(AUTO, OFF), List.of());
    List<UpPlan.Join> joins = new ArrayList<>();
    for (String text : join) {
      joins.add(new JoinPeer(Who.parse(text), text));
    }
    return new UpPlan(
        wayfolk.home(),
        network == null ? null : FirstRun.parse(network),
        listen == null ? null : Listening.parse(listen),
        joins,
        dialable(),
        count("--max-inbound", maxInbound),
        count("--max-inbound-per-ip", maxInboundPerIp),
        daily == null ? -1 : UpPlan.bytesPerDay(daily),
        cost == null ? null : UpPlan.cost(cost),
        page(),
        seed,
        wayfolk.verbose);
  }

  /** Accepts an option whose feature is not built yet at the values that do not need it. */
  private static void built(String option, String value, List<String> now, List<String> later)
      throws Failure {
    if (now.contains(value.toLowerCase(Locale.ROOT))) {
      return;
    }
    boolean wrong = !later.isEmpty() && !later.contains(value.toLowerCase(Locale.ROOT));
    throw wrong
        ? Failure.usage(option + " " + value + " is unknown", "use " + String.join(" or ", now))
        : Failure.usage(
            option + " " + value + " is not built yet", "leave it away, or use " + now.getLast());
  }

  private Dialable dialable() throws Failure {
    return switch (dialable.toLowerCase(Locale.ROOT)) {
      // Where nobody may link nobody need be told where.
      case AUTO -> Integer.valueOf(0).equals(maxInbound) ? Dialable.NO : Dialable.AUTO;
      case "yes" -> Dialable.YES;
      case "no" -> Dialable.NO;
      default ->
          throw Failure.usage("--dialable " + dialable + " is unknown", "use auto, yes or no");
    };
  }

  private int page() throws Failure {
    return switch (page.toLowerCase(Locale.ROOT)) {
      case AUTO -> Page.KEPT;
      case OFF -> Page.OFF;
      case String port when port.matches("[0-9]{4,5}") && port(port) -> Integer.parseInt(port);
      default ->
          throw Failure.usage(
              "--page " + page + " is out of range", "use a port from 1024 to 65535, or off");
    };
  }

  private static boolean port(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1_024 && port <= 65_535;
  }

  private static int count(String option, @Nullable Integer value) throws Failure {
    if (value == null) {
      return -1;
    }
    if (value < 0 || value > 1_000_000) {
      throw Failure.usage(option + " " + value + " is out of range", "use 0 or more");
    }
    return value;
  }

  /** This command line again, for the process in the background. */
  private List<String> arguments() {
    List<String> out = new ArrayList<>(List.of("up", "--json"));
    add(out, "--home", wayfolk.home().toAbsolutePath());
    add(out, "--listen", listen);
    join.forEach(j -> add(out, "--join", j));
    add(out, "--network", network);
    add(out, "--dialable", dialable);
    add(out, "--relay", relay);
    add(out, "--daily", daily);
    add(out, "--cost", cost);
    add(out, "--page", page);
    add(out, "--max-inbound", maxInbound);
    add(out, "--max-inbound-per-ip", maxInboundPerIp);
    add(out, "--seed", seed == null ? null : seed.toAbsolutePath());
    if (wayfolk.verbose) {
      out.add("-v");
    }
    return out;
  }

  private static void add(List<String> out, String option, @Nullable Object value) {
    if (value != null) {
      out.add(option);
      out.add(value.toString());
    }
  }
}
