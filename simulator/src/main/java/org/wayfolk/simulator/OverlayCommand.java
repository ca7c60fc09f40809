package org.wayfolk.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.simulator.nearest.NearestPlan;
import org.wayfolk.simulator.nearest.NearestRun;
import org.wayfolk.simulator.overlay.Plan;
import org.wayfolk.simulator.overlay.Run;
import org.wayfolk.simulator.overlay.Scenario;
import org.wayfolk.simulator.overlay.ScenarioReader;
import org.wayfolk.simulator.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code sim overlay}: the whole protocol on thousands of real nodes. */
@Command(
    name = "overlay",
    description = {
      "Runs the whole protocol on real nodes in a simulated world and says what was delivered.",
      "The same command and seed give the same figures, but for those that begin with wall or rss."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class OverlayCommand implements Callable<Integer> {
  /** Above so many nodes real cryptography would take most of a run. */
  private static final int REAL_CRYPTO = 1_000;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default 1000).")
  private @Nullable Integer nodes;

  @Option(names = "--join-rate", paramLabel = "R", description = "Joins a second (default 1).")
  private @Nullable Double joinRate;

  @Option(
      names = "--entries",
      paramLabel = "K|random",
      description = "All join through the first K members, or each through a random one (default).")
  private @Nullable String entries;

  @Option(names = "--all-at-once", description = "All start in one instant.")
  private boolean allAtOnce;

  @Option(
      names = "--churn",
      paramLabel = "MEAN",
      description = "Members come and go: mean stay, such as 1h.")
  private @Nullable String churn;

  @Option(names = "--hours", paramLabel = "H", description = "For how long, under churn (1).")
  private @Nullable Double hours;

  @Option(names = "--loss", paramLabel = "P", description = "Share of datagrams that are lost.")
  private @Nullable Double loss;

  @Option(names = "--hostile", paramLabel = "P", description = "Share of hostile nodes.")
  private @Nullable Double hostile;

  @Option(names = "--attack", paramLabel = "NAME", description = "What they do.")
  private @Nullable String attack;

  @Option(names = "--kill", paramLabel = "P", description = "This share vanishes in one instant.")
  private @Nullable Double kill;

  @Option(names = "--pairs", paramLabel = "N", description = "Messages (default 10000).")
  private @Nullable Integer pairs;

  @Option(
      names = "--scenario",
      paramLabel = "FILE|NAME",
      description =
          "A scenario instead of the options above; those that come with the program are"
              + " named in docs/simulation.md.")
  private @Nullable String scenario;

  @Option(names = "--seed", paramLabel = "S", description = "All chance follows from it (1).")
  private long seed = 1;

  @Option(
      names = "--crypto",
      paramLabel = "real|fast",
      description =
          "fast: hashes in place of signatures, exchanges and seals (default above 1000"
              + " nodes).")
  private @Nullable String crypto;

  @Option(
      names = "--policy",
      paramLabel = "wayfolk|nearest-only",
      description =
          "nearest-only: the links and routing of an earlier implementation, in a model of it;"
              + " with --nodes, --join-rate, --entries (also random3), --kill and --pairs.")
  private String policy = "wayfolk";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes a page with charts, and the figures beside it.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    Cost cost = new Cost();
    Progress progress = new Progress(System.err, System::nanoTime, onTerminal());
    if (policy.equals("nearest-only")) {
      Figures figures = new Figures().put("replay", replay()).put("seed", seed);
      figures.put("policy", policy).put("crypto", "none");
      figures.putAll(NearestRun.figures(twin(), progress));
      progress.done();
      cost.tell(figures);
      print(figures);
      return 0;
    } else if (!policy.equals("wayfolk")) {
      throw wrong("--policy is wayfolk or nearest-only");
    }
    Scenario what = scenario();
    boolean fast = fast(what);
    Figures figures = new Figures();
    figures.put("replay", replay());
    figures.put("what", what.what());
    figures.put("seed", seed);
    figures.put("policy", "wayfolk");
    figures.put("crypto", fast ? "fast: protects nothing" : "real");
    figures.putAll(run(what, fast, progress).figures());
    progress.done();
    cost.tell(figures);
    print(figures);
    if (report != null) {
      Report.write(report, figures);
    }
    if (Boolean.TRUE.equals(figures.map().get("passed"))) {
      return 0;
    }
    System.err.println("failed: " + figures.map().get("failures"));
    System.err.println("replay: " + replay());
    return 1;
  }

  private Run run(Scenario what, boolean fast, Progress progress) {
    try {
      return new Run(what, seed, fast, progress);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void print(Figures figures) {
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.map().forEach((key, value) -> System.out.printf("%-26s %s%n", key, value));
    }
  }

  private Scenario scenario() throws IOException {
    try {
      if (scenario == null) {
        return plan().scenario();
      }
      Path file = Path.of(scenario);
      return Files.exists(file)
          ? ScenarioReader.read(Files.readString(file))
          : ScenarioReader.named(scenario);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Plan plan() {
    Plan plan = new Plan(nodes == null ? REAL_CRYPTO : nodes);
    if (entries != null && !entries.equals("random")) {
      plan.entries(number("--entries", entries));
    }
    if (allAtOnce) {
      plan.joinRate(Double.POSITIVE_INFINITY);
    } else if (joinRate != null) {
      plan.joinRate(joinRate);
    }
    if (churn != null) {
      plan.churn(time("--churn", churn), hours == null ? 1 : hours);
    }
    if (loss != null) {
      plan.loss(share("--loss", loss));
    }
    if (kill != null) {
      plan.kill(share("--kill", kill));
    }
    if (pairs != null) {
      plan.pairs(pairs);
    }
    if (attack != null) {
      plan.hostile(new Scenario.Hostile(hostile == null ? 0 : share("--hostile", hostile), attack));
    }
    return plan;
  }

  /** The same questions, asked of the earlier implementation. */
  private NearestPlan twin() {
    if (allAtOnce || churn != null || loss != null || attack != null || scenario != null) {
      throw wrong("--policy nearest-only has no churn, loss, attacks and scenarios");
    }
    boolean fixed = entries != null && !entries.startsWith("random");
    try {
      return new NearestPlan(
          nodes == null ? REAL_CRYPTO : nodes,
          joinRate == null ? 1 : joinRate,
          fixed ? number("--entries", String.valueOf(entries)) : 0,
          "random3".equals(entries) ? 3 : 1,
          NearestPlan.SETTLE_MINUTES,
          kill == null ? 0 : share("--kill", kill),
          pairs == null ? 10_000 : pairs,
          seed);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private boolean fast(Scenario what) {
    return switch (crypto) {
      case null -> what.nodes() > REAL_CRYPTO;
      case "real" -> false;
      case "fast" -> true;
      default -> throw wrong("--crypto is real or fast");
    };
  }

  /** The command without what only changes how it tells. */
  private String replay() {
    List<String> words = new ArrayList<>(List.of("./wayfolk sim"));
    if (spec != null) {
      words.addAll(spec.commandLine().getParseResult().originalArgs());
      words.remove("--json");
      int at = words.indexOf("--report");
      if (at >= 0) {
        words.subList(at, Math.min(at + 2, words.size())).clear();
      }
      words.removeIf(word -> word.startsWith("--report="));
    }
    return String.join(" ", words);
  }

  private Duration time(String option, String value) {
    try {
      return ScenarioReader.time(option, value);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong(option + " is a number or random");
    }
  }

  private double share(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw wrong(option + " is a share from 0 to 1");
    }
    return value;
  }

  private ParameterException wrong(String why) {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(line, why);
  }

  @SuppressWarnings("SystemConsoleNull") // null without a terminal again since JDK 25
  private static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }
}
