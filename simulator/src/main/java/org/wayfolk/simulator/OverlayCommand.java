package org.wayfolk.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.simulator.overlay.Run;
import org.wayfolk.simulator.overlay.Scenario;
import org.wayfolk.simulator.overlay.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sim overlay}: the whole protocol on thousands of real nodes. */
@Command(
    name = "overlay",
    description = "Runs the whole protocol on real nodes and says what was delivered.",
    mixinStandardHelpOptions = true)
final class OverlayCommand implements Callable<Integer> {
  @Option(names = "--nodes", required = true, description = "How many nodes.")
  private int nodes;

  @Option(names = "--pairs", defaultValue = "10000", description = "Messages (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(names = "--seed", defaultValue = "1", description = "All chance follows from it.")
  private long seed;

  @Option(names = "--crypto", defaultValue = "real", description = "real or fast.")
  private String crypto = "real";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Cost cost = new Cost();
    Progress progress = new Progress(System.err, System::nanoTime, terminal());
    Scenario scenario =
        new Scenario(
            "",
            List.of(
                new Step.Join(nodes, 1, 0),
                new Step.Wait(Duration.ofSeconds(60)),
                new Step.Send("", pairs, Duration.ofMillis(10).multipliedBy(pairs))));
    Figures figures = new Figures();
    figures.put("replay", "./wayfolk sim overlay --nodes " + nodes + " --pairs " + pairs);
    figures.put("seed", seed);
    figures.putAll(new Run(scenario, seed, crypto.equals("fast"), progress).figures());
    progress.done();
    cost.tell(figures);
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.map().forEach((key, value) -> System.out.printf("%-24s %s%n", key, value));
    }
    return 0;
  }

  @SuppressWarnings("SystemConsoleNull") // null without a terminal again since JDK 25
  private static boolean terminal() {
    return System.console() != null && System.console().isTerminal();
  }
}
