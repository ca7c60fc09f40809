package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;

/** The sends of one step and how they ended. */
final class Sends {
  /** How long both ends must have lived after the send for it to count (overlay.md 9). */
  static final Duration ALIVE = Duration.ofSeconds(10);

  private static final int SHOWN = 20;
  private static final int SLICES = 60;

  /** One send. */
  static final class One {
    final Inhabitant from;
    final Inhabitant to;
    final long sentAt;
    @Nullable Outcome outcome;
    int arrivals;

    One(Inhabitant from, Inhabitant to, long sentAt) {
      this.from = from;
      this.to = to;
      this.sentAt = sentAt;
    }

    /** Whether both ends lived when it left and ten seconds later. */
    boolean counts() {
      long until = sentAt + ALIVE.toNanos();
      return from.goneAt() > until && to.goneAt() > until;
    }

    boolean delivered() {
      return outcome instanceof Outcome.Delivered;
    }

    boolean first() {
      return outcome instanceof Outcome.Delivered d && d.tries() == 1;
    }
  }

  private final String name;
  private final List<One> all = new ArrayList<>();
  private int open;

  Sends(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  One add(Inhabitant from, Inhabitant to, long now) {
    One one = new One(from, to, now);
    all.add(one);
    open++;
    return one;
  }

  void ended(One one, @Nullable Outcome how) {
    one.outcome = how;
    open--;
  }

  /** How many have no outcome yet. */
  int open() {
    return open;
  }

  private List<One> counted() {
    return all.stream().filter(One::counts).toList();
  }

  /** The figures of the gates. */
  Figures shares() {
    List<One> counted = counted();
    Figures f = new Figures();
    f.put("sent", counted.size());
    f.put("not_counted", all.size() - counted.size());
    long first = counted.stream().filter(One::first).count();
    long delivered = counted.stream().filter(One::delivered).count();
    f.put("delivered_first_try", (double) first / counted.size(), 6);
    f.put("delivered", (double) delivered / counted.size(), 6);
    Histogram hops = hops(counted);
    f.put("hops_mean", hops.mean(), 3);
    f.put("hops_p99", hops.quantile(0.99));
    f.put("duplicates", all.stream().mapToLong(o -> Math.max(0, o.arrivals - 1)).sum());
    return f;
  }

  /** What charts and people want to see besides. */
  Figures details() {
    List<One> counted = counted();
    Figures f = new Figures();
    f.put("hops_histogram", hops(counted).counts());
    f.put("delivery_over_time", overTime(counted));
    f.put(
        "undelivered",
        counted.stream().filter(o -> !o.delivered()).limit(SHOWN).map(Sends::line).toList());
    f.put(
        "repeated",
        counted.stream()
            .filter(o -> o.delivered() && !o.first())
            .limit(SHOWN)
            .map(Sends::line)
            .toList());
    return f;
  }

  private static Figures line(One o) {
    Figures f = new Figures();
    f.put("from", o.from.number()).put("to", o.to.number());
    f.put("at", o.sentAt / 1e9, 3);
    switch (o.outcome) {
      case null -> f.put("reason", "no outcome");
      case Outcome.Delivered(Duration roundTrip, int hops, int tries) ->
          f.put("tries", tries).put("hops", hops).put("round_trip_ms", roundTrip.toMillis());
      case Outcome.Undelivered u ->
          f.put("reason", u.why().name().toLowerCase(java.util.Locale.ROOT))
              .put("tries", u.tries());
      case Outcome.Sent _ -> f.put("reason", "sent without a receipt");
    }
    return f;
  }

  private static Histogram hops(List<One> of) {
    Histogram hops = new Histogram();
    for (One o : of) {
      if (o.outcome instanceof Outcome.Delivered d) {
        hops.add(d.hops());
      }
    }
    return hops;
  }

  private static List<Figures> overTime(List<One> of) {
    if (of.isEmpty()) {
      return List.of();
    }
    long begin = of.getFirst().sentAt;
    long step = Math.max(1, (of.getLast().sentAt - begin) / SLICES + 1);
    long[][] slices = new long[SLICES][3];
    for (One o : of) {
      long[] slice = slices[(int) ((o.sentAt - begin) / step)];
      slice[0]++;
      slice[1] += o.first() ? 1 : 0;
      slice[2] += o.delivered() ? 1 : 0;
    }
    List<Figures> out = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      if (slices[i][0] > 0) {
        out.add(
            new Figures()
                .put("at", (begin + i * step) / 1e9, 1)
                .put("sent", slices[i][0])
                .put("first", slices[i][1])
                .put("delivered", slices[i][2]));
      }
    }
    return out;
  }
}
