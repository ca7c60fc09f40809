package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.sim.FastCrypto;
import org.wayfolk.sim.FrameWatcher;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;
import org.wayfolk.simulator.figures.Progress;

/** One scenario under one seed, from an empty world to its figures. Used once, by one thread. */
public final class Run {
  /** How long nothing happens before traffic is measured, and while it is. */
  private static final Duration REST = Duration.ofSeconds(30);

  private static final Duration IDLE = Duration.ofMinutes(2);

  /** What a newcomer may take for all its links before it counts as never having them. */
  private static final Duration NEWCOMER = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Scenario scenario;
  private final SimWorld world;
  private final SimNetwork net;
  private final Progress progress;
  private final Agenda agenda;
  private final Post post;
  private final Population people;
  private final Trouble trouble;
  private final RandomGenerator newcomerDice;
  private final boolean keeps;
  private final @Nullable Enemy enemy;
  private final List<Figures> named = new ArrayList<>();
  private double lastJoin;

  /**
   * A world of its own for this scenario.
   *
   * @param fast whether cryptography is replaced by {@link FastCrypto}
   * @throws IllegalArgumentException if there is no attack of the scenario's name
   */
  public Run(Scenario scenario, long seed, boolean fast, Progress progress) {
    this(scenario, seed, fast, progress, Spectator.NOBODY, null);
  }

  /**
   * The same with somebody who looks on: nothing that happens is changed by it.
   *
   * @param frames who sees every frame that ends its way over a link, or nobody
   */
  public Run(
      Scenario scenario,
      long seed,
      boolean fast,
      Progress progress,
      Spectator spectator,
      @Nullable FrameWatcher frames) {
    this.scenario = scenario;
    this.progress = progress;
    world = new SimWorld(seed);
    net = new SimNetwork(world);
    if (fast) {
      net.crypto(new FastCrypto(seed));
    }
    world.watch(frames);
    agenda = new Agenda(world, spectator);
    post = new Post(world, agenda, progress, spectator);
    people = new Population(world, net, post::arrived, spectator);
    trouble = new Trouble(world, agenda, people);
    newcomerDice = world.random("newcomers");
    enemy = scenario.hostile().map(h -> new Enemy(h, world, net, agenda)).orElse(null);
    keeps = scenario.steps().stream().anyMatch(Run::bringsBack);
  }

  private static boolean bringsBack(Step s) {
    return s instanceof Step.Back || s instanceof Step.Churn || s instanceof Step.Turnover;
  }

  /**
   * Lives through the scenario and closes everything.
   *
   * @return the figures; {@code passed} among them, and {@code failures} in words
   * @throws AssertionError if a node threw inside the world; it says how to replay
   */
  public Figures figures() {
    for (Step s : scenario.steps()) {
      live(s);
    }
    Figures f = new Figures();
    f.put("nodes", people.here().size());
    int first = post.batches().isEmpty() ? -1 : 0;
    Sends main = first < 0 ? new Sends("") : post.batches().getFirst();
    f.putAll(main.shares());
    Figures traffic = traffic();
    f.putAll(Measures.links(people, 0));
    f.putAll(traffic);
    f.put("settled_at", lastJoin + 60, 3);
    for (Sends s : post.batches()) {
      if (!s.name().isEmpty()) {
        s.shares().map().forEach((k, v) -> putAny(f, s.name() + "_" + k, v));
        f.put(s.name() + "_late", s.late());
      }
    }
    named.forEach(f::putAll);
    if (enemy != null) {
      f.putAll(enemy.figures());
    }
    judge(f);
    f.putAll(main.details());
    f.put("events", world.events());
    f.put("virtual_seconds", world.now().toNanos() / 1e9, 3);
    f.put("trace", world.traceHash());
    return f;
  }

  private static void putAny(Figures f, String key, Object value) {
    switch (value) {
      case Long n -> f.put(key, n);
      case java.math.BigDecimal d -> f.put(key, d.doubleValue(), d.scale());
      default -> f.put(key, value.toString());
    }
  }

  private void live(Step step) {
    switch (step) {
      case Step.Join j -> join(j);
      case Step.Wait w -> pass(w.time());
      case Step.Send s -> post.send(s, people);
      case Step.Newcomers n -> newcomers(n.nodes());
      case Step.Attack _ -> {
        if (enemy != null) {
          post.victims(enemy.begin(people));
        }
      }
      case Step.Kill k -> trouble.kill(k.share());
      case Step.Notice _ -> trouble.notice();
      case Step.Leave l -> trouble.leave(l.share());
      case Step.Back b -> trouble.back(b.disk());
      case Step.Churn c -> trouble.churn(c);
      case Step.Turnover t -> trouble.turnover(t);
      case Step.Calm _ -> trouble.calm();
      case Step.Net n -> trouble.net(n);
      case Step.Cut c -> trouble.cut(c.share());
      case Step.Heal _ -> trouble.heal();
      case Step.Clog c -> trouble.clog(c);
      case Step.Freeze z -> trouble.freeze(z);
      case Step.Skew s -> trouble.skew(s);
    }
  }

  private void pass(Duration time) {
    long seconds = time.toSeconds();
    for (long i = 0; i < seconds; i++) {
      agenda.pass(Duration.ofSeconds(1));
      progress.at((double) i / seconds, "waiting");
    }
    agenda.pass(time.minusSeconds(seconds));
  }

  private void join(Step.Join j) {
    Duration pause =
        Double.isInfinite(j.rate()) ? Duration.ZERO : Duration.ofNanos((long) (1e9 / j.rate()));
    for (int i = 0; i < j.nodes(); i++) {
      if (!people.everybody().isEmpty()) {
        agenda.pass(pause);
      }
      if (enemy == null || !enemy.joins(j.nodes(), people)) {
        people.join(j.entries(), keeps);
      }
      progress.at((double) i / j.nodes(), "joining");
    }
    lastJoin = world.now().toNanos() / 1e9;
  }

  private void newcomers(int count) {
    Histogram firstMillis = new Histogram();
    Histogram fullMillis = new Histogram();
    for (int i = 0; i < count; i++) {
      Inhabitant to = people.random(newcomerDice);
      long began = world.now().toNanos();
      Inhabitant one = people.join(0, keeps);
      Sends.One message = post.send(one, to);
      boolean full = false;
      for (Duration t = Duration.ZERO;
          t.compareTo(NEWCOMER) < 0 && !(full && message.delivered());
          t = t.plus(LOOK)) {
        agenda.pass(LOOK);
        if (!full && Measures.holds(people, one, 0)) {
          full = true;
          fullMillis.add((int) ((world.now().toNanos() - began) / 1_000_000));
        }
      }
      if (!full) {
        fullMillis.add((int) NEWCOMER.toMillis());
      }
      firstMillis.add(message.arrivals > 0 ? message.arrivedMillis() : (int) NEWCOMER.toMillis());
      progress.at((double) i / count, "newcomers");
    }
    Figures f = new Figures();
    f.put("newcomers", count);
    f.put("first_delivery_ms_p50", firstMillis.quantile(0.5));
    f.put("first_delivery_ms_most", firstMillis.max());
    f.put("full_table_ms_p50", fullMillis.quantile(0.5));
    f.put("full_table_ms_most", fullMillis.max());
    named.add(f);
  }

  private Figures traffic() {
    trouble.calm();
    pass(REST);
    long[][] before = Measures.sent(people);
    pass(IDLE);
    return Measures.traffic(people, before, IDLE);
  }

  private void judge(Figures f) {
    List<String> failures = new ArrayList<>();
    long bugs = Measures.counter(people, "bug");
    f.put("bugs", bugs);
    net.close();
    f.put("packets_missing", world.packets().outstanding());
    long doubled = post.batches().stream().mapToLong(Sends::doubled).sum();
    for (Check c : scenario.checks()) {
      String fault =
          switch (c) {
            case LINKED -> fault((long) f.number("without_links"), "members without a link");
            case INVARIANT ->
                fault((long) f.number("invariant_broken"), "members break the invariant");
            case ONCE -> fault(doubled, "messages handed over twice");
            case NO_BUG -> fault(bugs, "bugs counted");
            case PACKETS_BACK ->
                fault((long) f.number("packets_missing"), "packets that never came back");
          };
      if (!fault.isEmpty()) {
        failures.add(c.option() + ": " + fault);
      }
    }
    scenario.expect().forEach(e -> e.missed(f).ifPresent(failures::add));
    f.put("passed", failures.isEmpty());
    f.put("failures", failures);
  }

  private static String fault(long count, String what) {
    return count == 0 ? "" : count + " " + what;
  }
}
