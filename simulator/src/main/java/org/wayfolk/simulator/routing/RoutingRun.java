package org.wayfolk.simulator.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;
import org.wayfolk.simulator.figures.Progress;

/** Measures what a {@link RoutingPlan} says. */
public final class RoutingRun {
  /** Pairs are taken in so many at a time: few enough that threads end together. */
  private static final int PART = 64;

  /** Nodes whose links are counted; all if they are fewer. */
  private static final int COUNTED = 20_000;

  private static final long PAIR_SALT = 0x7061697273L;

  /** Sizes from which a torus is extrapolated. */
  private static final int[] BASES = {RoutingPlan.MAX_TORUS / 10, RoutingPlan.MAX_TORUS};

  private final RoutingPlan plan;
  private final int threads;
  private final Progress progress;

  /** What came of the pairs of one network. */
  private record Measured(double links, Histogram hops) {}

  private RoutingRun(RoutingPlan plan, int threads, Progress progress) {
    this.plan = plan;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Runs it; takes seconds to minutes. The figures do not depend on {@code threads}.
   *
   * @param progress told from the threads that work, one at a time
   */
  public static Figures run(RoutingPlan plan, int threads, Progress progress) {
    RoutingRun run = new RoutingRun(plan, threads, progress);
    Figures out = run.head();
    boolean beyond = plan.geometry() == Geometry.TORUS8 && plan.nodes() > RoutingPlan.MAX_TORUS;
    return beyond ? run.extrapolated(out) : run.measured(out);
  }

  private Figures head() {
    Figures f = new Figures();
    f.put("nodes", plan.nodes()).put("geometry", plan.geometry().name().toLowerCase(Locale.ROOT));
    f.put("slots", plan.slots());
    if (plan.geometry() == Geometry.TORUS8) {
      f.put("long_links", plan.longLinks());
    }
    f.put("lookahead", plan.lookahead() ? 1 : 0).put("dead", plan.dead(), 4);
    return f.put("pairs", plan.pairs()).put("seed", plan.seed());
  }

  private Figures measured(Figures f) {
    Measured m = measure(plan);
    f.put("extrapolated", false).put("links_mean", m.links(), 2);
    f.put("delivered", (double) m.hops().total() / plan.pairs(), 6);
    f.put("hops_mean", m.hops().mean(), 3);
    f.put("hops_p50", m.hops().quantile(0.5)).put("hops_p99", m.hops().quantile(0.99));
    return f.put("hops_max", m.hops().max()).put("hops_histogram", m.hops().counts());
  }

  /** A line through the two largest that are built: hops grow with the edge of the torus. */
  private Figures extrapolated(Figures f) {
    List<Measured> bases = new ArrayList<>();
    for (int nodes : BASES) {
      bases.add(measure(plan.withNodes(nodes)));
    }
    Measured a = bases.get(0);
    Measured b = bases.get(1);
    f.put("extrapolated", true).put("extrapolated_from", List.of(BASES[0], BASES[1]));
    f.put("hops_mean_from", List.of(rounded(a), rounded(b)));
    f.put("links_mean", b.links(), 2).put("hops_mean", line(a.hops().mean(), b.hops().mean()), 1);
    f.put("hops_p50", line(a.hops().quantile(0.5), b.hops().quantile(0.5)), 0);
    return f.put("hops_p99", line(a.hops().quantile(0.99), b.hops().quantile(0.99)), 0);
  }

  private static double rounded(Measured m) {
    return Math.round(1_000 * m.hops().mean()) / 1_000.0;
  }

  private double line(double a, double b) {
    double from = scale(BASES[0]);
    return a + (b - a) * (scale(plan.nodes()) - from) / (scale(BASES[1]) - from);
  }

  /** Without long links hops grow as N^(1/8), with them by the same for each tenfold. */
  private double scale(int nodes) {
    return plan.longLinks() > 0 ? Math.log10(nodes) : Math.pow(nodes, 1.0 / Torus.DIMENSIONS);
  }

  private Measured measure(RoutingPlan of) {
    Topology net =
        switch (of.geometry()) {
          case XOR -> new XorTopology(of, threads);
          case RING -> new RingTopology(of);
          case TORUS8 -> new TorusTopology(of, threads);
        };
    int parts = (of.pairs() + PART - 1) / PART;
    AtomicInteger done = new AtomicInteger();
    Histogram all = new Histogram();
    Parallel.each(
        parts,
        threads,
        () -> {
          Topology.Traveller traveller = net.traveller();
          return part -> {
            Histogram hops = new Histogram();
            for (int i = part * PART; i < Math.min(of.pairs(), (part + 1) * PART); i++) {
              pair(of, net, traveller, i, hops);
            }
            synchronized (all) {
              all.addAll(hops);
              progress.at((double) done.incrementAndGet() / parts, "messages");
            }
          };
        });
    return new Measured(links(of, net), all);
  }

  private static void pair(
      RoutingPlan of, Topology net, Topology.Traveller traveller, int i, Histogram hops) {
    long seed = Chance.word(of.seed() ^ PAIR_SALT, i);
    int draw = 0;
    int from = Chance.below(of.nodes(), Chance.word(seed, draw++));
    while (!net.alive(from)) {
      from = Chance.below(of.nodes(), Chance.word(seed, draw++));
    }
    int to = Chance.below(of.nodes(), Chance.word(seed, draw++));
    while (to == from || !net.alive(to)) {
      to = Chance.below(of.nodes(), Chance.word(seed, draw++));
    }
    int crossed = traveller.hops(from, to);
    if (crossed >= 0) {
      hops.add(crossed);
    }
  }

  private static double links(RoutingPlan of, Topology net) {
    int counted = Math.min(COUNTED, of.nodes());
    long sum = 0;
    for (int i = 0; i < counted; i++) {
      sum += net.links((int) ((long) of.nodes() * i / counted));
    }
    return (double) sum / counted;
  }
}
