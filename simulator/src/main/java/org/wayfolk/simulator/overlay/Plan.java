package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the options of {@code sim overlay} ask for; it becomes a {@link Scenario}. */
public final class Plan {
  private static final Duration SETTLE = Duration.ofSeconds(60);

  /** Between two sends where nothing goes on beside them. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Within this nobody has noticed yet that others vanished. */
  private static final Duration UNNOTICED = Duration.ofSeconds(3);

  /** Within this nobody who noticed has a new link: a dial takes two round trips and more. */
  private static final Duration NOTICED = Duration.ofMillis(60);

  /** When all must be repaired after members vanished (overlay.md 9). */
  private static final Duration REPAIRED = Duration.ofSeconds(75);

  private final int nodes;
  private double joinRate = 1;
  private int entries;
  private @Nullable Duration churn;
  private double hours = 1;
  private double loss;
  private Scenario.@Nullable Hostile hostile;
  private double kill;
  private int pairs = 10_000;
  private int newcomers = 20;

  /** So many nodes, one a second through random members, and 10,000 messages. */
  public Plan(int nodes) {
    this.nodes = nodes;
  }

  /** Joins a second; infinite lets all start in one instant. */
  public Plan joinRate(double value) {
    joinRate = value;
    return this;
  }

  /** Through how many of the first members all join; 0 is a random one each. */
  public Plan entries(int value) {
    entries = value;
    return this;
  }

  /** Members come and go while messages are sent, for so many hours. */
  public Plan churn(Duration mean, double forHours) {
    churn = mean;
    hours = forHours;
    return this;
  }

  /** The chance that a datagram is lost. */
  public Plan loss(double value) {
    loss = value;
    return this;
  }

  /** Who attacks. */
  public Plan hostile(Scenario.Hostile value) {
    hostile = value;
    return this;
  }

  /** The share that vanishes in one instant, twice. */
  public Plan kill(double value) {
    kill = value;
    return this;
  }

  /** How many messages. */
  public Plan pairs(int value) {
    pairs = value;
    return this;
  }

  /** How many newcomers are timed where nobody else comes or goes. */
  public Plan newcomers(int value) {
    newcomers = value;
    return this;
  }

  /** The scenario: join, settle for a minute, and what the options ask for then. */
  public Scenario scenario() {
    List<Step> steps = new ArrayList<>();
    if (loss > 0) {
      Step.Net q = Step.Net.QUIET;
      steps.add(new Step.Net(q.delay(), q.jitter(), loss, 0, 0, 0, 0));
    }
    steps.add(new Step.Join(nodes, joinRate, entries));
    steps.add(new Step.Wait(SETTLE));
    if (hostile != null) {
      steps.add(new Step.Attack());
    }
    Duration mean = churn;
    if (mean != null) {
      steps.add(new Step.Churn(mean, mean.dividedBy(6), 0.5, 0.5));
      steps.add(new Step.Send("", pairs, Duration.ofMillis((long) (hours * 3_600_000)), false));
      steps.add(new Step.Calm());
    } else {
      steps.add(new Step.Send("", pairs, PAUSE.multipliedBy(pairs), false));
    }
    if (kill > 0) {
      vanish(steps);
    }
    if (mean == null && kill == 0 && hostile == null && newcomers > 0) {
      steps.add(new Step.Newcomers(newcomers));
    }
    // What an attacker has in hand at the end comes back to nobody.
    List<Check> checks =
        hostile == null ? Check.usual() : List.of(Check.LINKED, Check.ONCE, Check.NO_BUG);
    return new Scenario(nodes + " nodes", Optional.ofNullable(hostile), steps, checks, List.of());
  }

  // Twice, each time a share of who is there: once unnoticed, and once noticed in the same instant.
  private void vanish(List<Step> steps) {
    steps.add(new Step.Kill(kill));
    steps.add(new Step.Send("before_detection", pairs, UNNOTICED, true));
    steps.add(new Step.Wait(REPAIRED.minus(UNNOTICED).minus(Post.PATIENCE)));
    steps.add(new Step.Send("repaired", pairs, PAUSE.multipliedBy(pairs), false));
    steps.add(new Step.Kill(kill));
    steps.add(new Step.Notice());
    steps.add(new Step.Send("detected", pairs, NOTICED, true));
  }
}
