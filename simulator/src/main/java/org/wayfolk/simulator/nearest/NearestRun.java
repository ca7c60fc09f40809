package org.wayfolk.simulator.nearest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;
import org.wayfolk.simulator.figures.Progress;

/**
 * One run of the twin, and its figures: those of {@code simulator.overlay} where both have them.
 * The earlier implementation repeats nothing, so that what is delivered is so at the first try.
 */
public final class NearestRun {
  /** The first members know all before them, whatever the plan says. */
  private static final int FOUNDERS = 3;

  private static final int MESSAGE = 143 + 64;
  private static final double SECONDS_BETWEEN = 0.005;
  private static final int SHOWN = 20;
  private static final double IDLE_SECONDS = 120;
  private static final double DAY_SECONDS = 86_400;

  /** After so long all is to be repaired (overlay.md 9). */
  private static final double REPAIRED_SECONDS = 75;

  /** IP, UDP and QUIC around a frame, and as much for its acknowledgement: as simulator.overlay. */
  private static final int AROUND = 146;

  private final NearestPlan plan;
  private final Progress progress;
  private final OldNetwork net;
  private final SplittableRandom random;

  private NearestRun(NearestPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    net = new OldNetwork(plan.nodes(), plan.seed());
    random = new SplittableRandom(plan.seed() ^ 0x6e656172L);
  }

  /** Lives through the plan. Takes seconds to a few minutes. */
  public static Figures figures(NearestPlan plan, Progress progress) {
    NearestRun run = new NearestRun(plan, progress);
    run.join();
    double settled = run.net.now() + 60;
    for (int i = 0; i < plan.settleMinutes(); i++) {
      run.net.pass(60);
      progress.at((double) i / plan.settleMinutes(), "waiting");
    }
    Figures f = new Figures().put("nodes", plan.nodes());
    Figures traffic = run.traffic();
    Figures links = run.links();
    Batch main = run.messages();
    f.putAll(main.shares("")).putAll(links).putAll(traffic).put("settled_at", settled, 3);
    if (plan.kill() > 0) {
      run.kill();
      f.putAll(run.messages().shares("before_detection_"));
      run.net.pass(REPAIRED_SECONDS);
      f.putAll(run.messages().shares("repaired_"));
    }
    f.put("hops_histogram", main.hops.counts()).put("undelivered", main.undelivered);
    return f.put("virtual_seconds", run.net.now(), 3);
  }

  private void join() {
    for (int i = 0; i < plan.nodes(); i++) {
      net.join(entries(i));
      net.pass((0.5 + random.nextDouble()) / plan.joinRate());
      progress.at((double) i / plan.nodes(), "joining");
    }
  }

  private List<Integer> entries(int number) {
    if (number < FOUNDERS || number <= plan.fixedEntries()) {
      return IntStream.range(0, number).boxed().toList();
    }
    if (plan.fixedEntries() > 0) {
      return IntStream.range(0, plan.fixedEntries()).boxed().toList();
    }
    List<Integer> out = new ArrayList<>();
    while (out.size() < Math.min(plan.randomEntries(), number)) {
      int one = random.nextInt(number);
      if (!out.contains(one)) {
        out.add(one);
      }
    }
    return out;
  }

  private void kill() {
    int left = (int) Math.round(plan.kill() * plan.nodes());
    while (left > 0) {
      int one = random.nextInt(plan.nodes());
      if (net.alive(one)) {
        net.kill(one);
        left--;
      }
    }
  }

  private OldNode anybody() {
    while (true) {
      int one = random.nextInt(plan.nodes());
      if (net.alive(one)) {
        return net.nodes().get(one);
      }
    }
  }

  /** Messages between members that live, and what came of them. */
  private Batch messages() {
    Batch out = new Batch();
    for (int i = 0; i < plan.pairs(); i++) {
      OldNode from = anybody();
      OldNode to = anybody();
      while (to == from) {
        to = anybody();
      }
      out.add(from, to, net.message(from, to, MESSAGE));
      net.pass(SECONDS_BETWEEN);
    }
    return out;
  }

  private Figures traffic() {
    long frames = net.frames();
    long bytes = net.bytes();
    net.pass(IDLE_SECONDS);
    double all = 2.0 * (net.bytes() - bytes + AROUND * (net.frames() - frames));
    long day = Math.round(all * DAY_SECONDS / IDLE_SECONDS / plan.nodes());
    Figures f = new Figures().put("bytes_per_node_per_day", day);
    return f.put("bytes_by_class", new Figures().put("control", day));
  }

  private Figures links() {
    Histogram links = new Histogram();
    Histogram out = new Histogram();
    Histogram known = new Histogram();
    List<Long> byLevel = new ArrayList<>();
    long nearest = 0;
    long cutOff = 0;
    long alive = 0;
    for (OldNode n : net.nodes()) {
      if (!net.alive(n.number)) {
        continue;
      }
      alive++;
      links.add(n.edges().size());
      out.add(n.outgoing());
      known.add(n.knowledge.size());
      boolean mutual = false;
      for (OldNode.Edge e : n.edges()) {
        mutual |= net.nodes().get(e.peer).edge(n.number) != null;
        int level = Long.numberOfLeadingZeros(n.id ^ net.id(e.peer));
        while (byLevel.size() <= level) {
          byLevel.add(0L);
        }
        byLevel.set(level, byLevel.get(level) + 1);
      }
      cutOff += mutual ? 0 : 1;
      nearest += hasNearest(n) ? 1 : 0;
    }
    double all = alive;
    Figures f = new Figures().put("links_mean", links.mean(), 2);
    f.put("links_fewest", links.quantile(0)).put("links_most", links.max());
    f.put("links_dialled_mean", out.mean(), 2).put("known_mean", known.mean(), 2);
    f.put("without_links", cutOff).put("linked_to_nearest", nearest / all, 4);
    return f.put(
        "links_by_level", byLevel.stream().map(n -> Math.round(100.0 * n / all) / 100.0).toList());
  }

  private boolean hasNearest(OldNode n) {
    int best = -1;
    for (OldNode o : net.nodes()) {
      boolean nearer = best < 0 || Long.compareUnsigned(o.id ^ n.id, net.id(best) ^ n.id) < 0;
      if (o != n && net.alive(o.number) && nearer) {
        best = o.number;
      }
    }
    return n.edge(best) != null || net.nodes().get(best).edge(n.number) != null;
  }

  /** Messages that were sent together. */
  private final class Batch {
    final Histogram hops = new Histogram();
    final List<Figures> undelivered = new ArrayList<>();
    private long copies;

    void add(OldNode from, OldNode to, List<Integer> arrived) {
      copies += arrived.size();
      if (!arrived.isEmpty()) {
        hops.add(OldNetwork.MAX_HOPS + 1 - arrived.getFirst());
      } else if (undelivered.size() < SHOWN) {
        Figures f = new Figures().put("from", from.number).put("to", to.number);
        undelivered.add(f.put("reason", from.edges().isEmpty() ? "unroutable" : "dead_end"));
      }
    }

    Figures shares(String prefix) {
      double share = (double) hops.total() / plan.pairs();
      Figures f = new Figures().put(prefix + "sent", plan.pairs()).put(prefix + "not_counted", 0);
      f.put(prefix + "delivered_first_try", share, 6).put(prefix + "delivered", share, 6);
      f.put(prefix + "hops_mean", hops.mean(), 3).put(prefix + "hops_p99", hops.quantile(0.99));
      return f.put(prefix + "duplicates", copies - hops.total());
    }
  }
}
