package org.wayfolk.simulator;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.simulator.report.Report;
import org.wayfolk.simulator.routing.Geometry;
import org.wayfolk.simulator.routing.RoutingPlan;
import org.wayfolk.simulator.routing.RoutingRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./wayfolk sim routing}. */
@Command(
    name = "routing",
    description = {
      "Routing alone, to 100 million nodes: how many links a message crosses.",
      "Links are a function of the seed; xor runs the overlay's own forwarding."
    },
    mixinStandardHelpOptions = true)
final class RoutingCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--nodes", required = true, paramLabel = "N", description = "32 to 10^9")
  private int nodes;

  @Option(
      names = "--geometry",
      paramLabel = "G",
      description = "xor (ours), ring (Kleinberg's) or torus8 (8 dimensions); default xor")
  private String geometry = "xor";

  @Option(
      names = "--slots",
      paramLabel = "B",
      description = "xor: links a level (1, 2 or 4; default 2); else links a node has (default 13)")
  private int slots;

  @Option(
      names = "--long",
      paramLabel = "K",
      description = "torus8: how many of these lead far; default 0")
  private int longLinks;

  @Option(
      names = "--lookahead",
      paramLabel = "0|1",
      description = "whether nodes know the links of their neighbours; default 1")
  private int lookahead = 1;

  @Option(
      names = "--dead",
      paramLabel = "P",
      description = "share of nodes that are dead, unknown to the others; default 0")
  private double dead;

  @Option(names = "--pairs", paramLabel = "N", description = "messages; default 20000")
  private int pairs = 20_000;

  @Option(names = "--seed", paramLabel = "S", description = "default 1")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "changes nothing but the time it takes; default: as many as processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "writes a page with charts, and the figures beside it")
  private @Nullable Path report;

  private RoutingCommand() {}

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    Progress progress = new Progress(System.err, System::nanoTime, terminal());
    Figures figures = RoutingRun.run(plan(), Math.clamp(threads, 1, 256), progress);
    progress.done();
    figures.put("wall_seconds", (System.nanoTime() - began) / 1e9, 1);
    figures.put("rss_megabytes", mostResident());
    if (report != null) {
      Report.write(report, figures);
    }
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.map().forEach((key, value) -> System.out.println(key + " " + value));
    }
    return 0;
  }

  @SuppressWarnings("SystemConsoleNull") // the default of JDK 25 is null again
  private static boolean terminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private RoutingPlan plan() {
    if (lookahead != 0 && lookahead != 1) {
      throw wrong("lookahead: 0 or 1");
    }
    Geometry g;
    try {
      g = Geometry.valueOf(geometry.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong("geometry: xor, ring or torus8");
    }
    int per = slots == 0 ? g.slots : slots;
    int far = g == Geometry.TORUS8 || longLinks != 0 ? longLinks : -1;
    try {
      return new RoutingPlan(g, nodes, per, far, lookahead == 1, dead, pairs, seed);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private CommandLine.ParameterException wrong(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    return new CommandLine.ParameterException(spec.commandLine(), words);
  }

  /** The most memory that this process has held, in 10^6 bytes; -1 where it cannot be asked. */
  private static long mostResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024 / 1_000_000)
        .findFirst()
        .orElse(-1);
  }
}
