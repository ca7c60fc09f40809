package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;

/** The sends of one step and how they ended. */
final class Sends {
  /** How long both ends must have been there after the send for it to count (overlay.md 9). */
  private static final long ALIVE_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * One attempt is one send with no re-origination. A key ask that is lost is repeated after a
   * second, before anything was sealed and so without a second try: what took longer than that was
   * no first try, whatever its count says.
   */
  private static final long ATTEMPT_NANOS = Duration.ofSeconds(1).toNanos();

  /** No repeat leaves sooner after the first try. */
  private static final long RESEAL_NANOS = Duration.ofMillis(250).toNanos();

  private static final int SHOWN = 20;
  private static final int SLICES = 30;

  /** One send. */
  static final class One {
    final Inhabitant from;
    final Inhabitant to;
    private final int lifeOfFrom;
    private final int lifeOfTo;
    private final long sentAt;
    private long endedAt = Long.MAX_VALUE;
    private @Nullable Outcome outcome;
    private boolean bothStayed = true;
    private long arrivedAt;
    int arrivals;

    One(Inhabitant from, Inhabitant to, long sentAt) {
      this.from = from;
      this.to = to;
      this.sentAt = sentAt;
      lifeOfFrom = from.lives();
      lifeOfTo = to.lives();
    }

    boolean delivered() {
      return outcome instanceof Outcome.Delivered;
    }

    /**
     * Sealed a second time because the receiver had lost its key, and said so at once: quicker than
     * any repeat. It is no first try, and nothing was lost on the way either.
     */
    boolean resealed() {
      return outcome instanceof Outcome.Delivered d
          && d.tries() == 2
          && endedAt - sentAt < RESEAL_NANOS;
    }

    /** The receiver's application was given it. */
    void arrived(long now) {
      if (arrivals++ == 0) {
        arrivedAt = now;
      }
    }

    /**
     * Whether the first attempt brought it there, even if its receipt was lost: it came before any
     * repeat could leave.
     */
    boolean arrivedFirst() {
      return first() || (arrivals > 0 && arrivedAt - sentAt < RESEAL_NANOS);
    }

    /** From the send to its first arrival. */
    int arrivedMillis() {
      return (int) ((arrivedAt - sentAt) / 1_000_000);
    }

    /** From the send to its outcome. */
    int tookMillis() {
      return (int) ((endedAt - sentAt) / 1_000_000);
    }

    boolean first() {
      return outcome instanceof Outcome.Delivered d
          && d.tries() == 1
          && endedAt - sentAt < ATTEMPT_NANOS;
    }
  }

  private final String name;
  private final List<One> all = new ArrayList<>();
  private int looked;
  private int open;

  Sends(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  List<One> all() {
    return all;
  }

  One add(Inhabitant from, Inhabitant to, long now) {
    One one = new One(from, to, now);
    all.add(one);
    open++;
    return one;
  }

  void ended(One one, @Nullable Outcome how, long now) {
    one.outcome = how;
    one.endedAt = now;
    open--;
  }

  /** How many have no outcome yet. */
  int open() {
    return open;
  }

  /** Notes of each send whose ten seconds are over whether both ends stayed; call it often. */
  void look(long now) {
    while (looked < all.size() && all.get(looked).sentAt + ALIVE_NANOS <= now) {
      One one = all.get(looked++);
      one.bothStayed =
          one.from.here()
              && one.to.here()
              && one.from.lives() == one.lifeOfFrom
              && one.to.lives() == one.lifeOfTo;
    }
  }

  private List<One> counted() {
    return all.stream().filter(o -> o.bothStayed).toList();
  }

  /** The figures of the gates. */
  Figures shares() {
    List<One> counted = counted();
    Figures f = new Figures();
    f.put("sent", counted.size());
    f.put("not_counted", all.size() - counted.size());
    f.put("delivered_first_try", share(counted.stream().filter(One::first).count(), counted), 6);
    f.put(
        "delivered_first_or_resealed",
        share(counted.stream().filter(o -> o.first() || o.resealed()).count(), counted),
        6);
    f.put(
        "arrived_first_try", share(counted.stream().filter(One::arrivedFirst).count(), counted), 6);
    f.put("arrived", share(counted.stream().filter(o -> o.arrivals > 0).count(), counted), 6);
    f.put("delivered", share(counted.stream().filter(One::delivered).count(), counted), 6);
    f.put("resealed", counted.stream().filter(One::resealed).count());
    Histogram hops = hops(counted);
    f.put("hops_mean", hops.mean(), 3);
    f.put("hops_p99", hops.quantile(0.99));
    Histogram millis = new Histogram();
    for (One o : counted) {
      if (o.delivered()) {
        millis.add(o.tookMillis());
      }
    }
    f.put("acknowledged_ms_p50", millis.quantile(0.5));
    f.put("acknowledged_ms_p99", millis.quantile(0.99));
    f.put("duplicates", doubled());
    return f;
  }

  /** Messages that a handler was given again. */
  long doubled() {
    return all.stream().mapToLong(o -> Math.max(0, o.arrivals - 1)).sum();
  }

  /** The first few that were not delivered at once. */
  List<Figures> late() {
    return some(counted().stream().filter(o -> !o.first() && !o.resealed()).toList());
  }

  /** What charts and people want to see besides. */
  Figures details() {
    List<One> counted = counted();
    Figures f = new Figures();
    f.put("hops_histogram", hops(counted).counts());
    f.put("delivery_over_time", overTime(counted));
    f.put("undelivered", some(counted.stream().filter(o -> !o.delivered()).toList()));
    f.put("repeated", some(counted.stream().filter(o -> o.delivered() && !o.first()).toList()));
    return f;
  }

  private static double share(long some, List<One> all) {
    return (double) some / all.size();
  }

  private static List<Figures> some(List<One> of) {
    return of.stream().limit(SHOWN).map(Sends::line).toList();
  }

  private static Figures line(One o) {
    Figures f = new Figures();
    f.put("from", o.from.number()).put("to", o.to.number());
    f.put("at", o.sentAt / 1e9, 3);
    switch (o.outcome) {
      case null -> f.put("reason", "no outcome");
      case Outcome.Delivered(Duration roundTrip, int hops, int tries) ->
          f.put("tries", tries).put("hops", hops).put("ms", o.tookMillis());
      case Outcome.Undelivered u ->
          f.put("reason", u.why().name().toLowerCase(Locale.ROOT)).put("tries", u.tries());
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
    long step = (of.getLast().sentAt - begin) / SLICES + 1;
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
