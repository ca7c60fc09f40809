package org.wayfolk.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.simulator.overlay.Plan;
import org.wayfolk.simulator.overlay.Run;
import org.wayfolk.simulator.overlay.Scenario;
import org.wayfolk.simulator.overlay.ScenarioReader;
import org.wayfolk.simulator.watch.WatchServer;
import org.wayfolk.simulator.watch.Watching;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sim watch}: a network is drawn while it runs, on a page of this machine. */
@Command(
    name = "watch",
    description = {
      "Runs a network and draws it on a local page: nodes, links, a message's way hop by hop.",
      "The tables are kept as they are at the instant a delivery fails."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class WatchCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default 100).")
  private int nodes = 100;

  @Option(names = "--join-rate", paramLabel = "R", description = "Joins a second (default 5).")
  private double joinRate = 5;

  @Option(names = "--loss", paramLabel = "P", description = "Share of datagrams that are lost.")
  private double loss;

  @Option(names = "--kill", paramLabel = "P", description = "This share vanishes in one instant.")
  private double kill;

  @Option(names = "--pairs", paramLabel = "N", description = "Messages (default 1000).")
  private int pairs = 1_000;

  @Option(
      names = "--scenario",
      paramLabel = "FILE|NAME",
      description = "A scenario instead of the options above.")
  private @Nullable String scenario;

  @Option(names = "--seed", paramLabel = "S", description = "All chance follows from it (1).")
  private long seed = 1;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Virtual seconds in a second, at most (default 2).")
  private double speed = 2;

  @Option(names = "--port", paramLabel = "PORT", description = "Of the page (default: a free one).")
  private int port;

  @Option(names = "--until-over", description = "Ends with the run instead of showing it on.")
  private boolean untilOver;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Scenario what = what();
    long began = System.nanoTime();
    Watching watching =
        new Watching(virtual -> {
          long wait = began + (long) (virtual / Math.max(0.01, speed)) - System.nanoTime();
          if (wait > 0) {
            LockSupport.parkNanos(wait);
          }
        });
    try (WatchServer server = new WatchServer(watching, port)) {
      System.out.println("The network is drawn at " + server.address());
      Run run = new Run(what, seed, true, Progress.none(), watching, watching);
      Figures figures = run.figures();
      boolean passed = Boolean.TRUE.equals(figures.map().get("passed"));
      watching.over(passed ? "over: what was asked of it held" : "over: not everything held");
      System.out.println(figures.json());
      if (!untilOver) {
        System.out.println("The run is over; the page stays until Ctrl-C.");
        new CountDownLatch(1).await();
      }
      return passed ? 0 : 1;
    }
  }

  private Scenario what() throws IOException {
    try {
      if (scenario == null) {
        Plan plan = new Plan(nodes).joinRate(joinRate).pairs(pairs).newcomers(0);
        return plan.loss(loss).kill(kill).scenario();
      }
      Path file = Path.of(scenario);
      return Files.exists(file)
          ? ScenarioReader.read(Files.readString(file))
          : ScenarioReader.named(scenario);
    } catch (IllegalArgumentException e) {
      CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
      throw new CommandLine.ParameterException(line, String.valueOf(e.getMessage()));
    }
  }
}
