package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Which of our links we cannot do without, decided on the table alone. Needed are the siblings, the
 * nearest that carry for others, kept peers, guests that look around, one link in each stratum, and
 * a few more against those who would like to be our only ones. All others are surplus: what joins,
 * lookups and the searches of others have left behind.
 *
 * <p>Which link of a stratum is the one: if the stratum is served by a link that is needed anyway,
 * none besides; else one that its peer needs too, for a link that serves both ends is one link less
 * to keep alive; then the one that was chosen before, so that nothing goes to and fro; then one of
 * a peer that has not too many links; then proven, then of low round trip, then dialled by us, then
 * old, then of a subnet that has few of our links.
 */
final class Needs {
  /**
   * Links beyond what forwarding needs. Four, each by a measure that a crowd of newcomers cannot
   * buy: most receipts, lowest round trip, greatest age, a secret choice of subnets (security.md
   * 7).
   */
  static final int EXTRA = 4;

  /** Of one subnet at most so many of those. */
  static final int EXTRA_PER_SUBNET = 2;

  /** A peer with more links than this has enough of them: early nodes would be everybody's. */
  static final int CROWDED = 56;

  /** Round trips that differ by less are alike. */
  private static final long RTT_STEP = 20_000_000L;

  private Needs() {}

  /** Sets {@link Slot#needed} of every link. */
  static void judge(LinkTable t, long secret) {
    Map<Long, Integer> subnets = new HashMap<>();
    boolean[] served = new boolean[LinkTable.STRATA];
    List<Slot> open = new ArrayList<>();
    int carriers = 0;
    for (int i = 0; i < t.size(); i++) {
      Slot s = t.at(i);
      subnets.merge(s.link.remote().subnet(), 1, Integer::sum);
      boolean nearCarrier = s.carries() && carriers++ < LinkTable.NEAR_CARRIERS;
      if (i < LinkTable.SIBLINGS || nearCarrier || s.kept || s.graceEnds != 0) {
        s.needed = true;
        s.extra = false;
        served[s.stratum] |= serves(t, s);
      } else {
        open.add(s);
      }
    }
    Comparator<Slot> order = order(subnets);
    // In table order every stratum is one run.
    for (int from = 0; from < open.size(); ) {
      int to = from + 1;
      while (to < open.size() && open.get(to).stratum == open.get(from).stratum) {
        to++;
      }
      one(t, open.subList(from, to), served[open.get(from).stratum], order);
      from = to;
    }
    extra(open.stream().filter(s -> !s.needed).toList(), secret);
  }

  /** Whether that link is enough for its stratum. */
  private static boolean serves(LinkTable t, Slot s) {
    return s.carries() || t.carriers(s.stratum) == 0;
  }

  private static void one(LinkTable t, List<Slot> run, boolean served, Comparator<Slot> order) {
    Slot best = null;
    if (!served) {
      for (Slot s : run) {
        if (serves(t, s) && (best == null || order.compare(s, best) < 0)) {
          best = s;
        }
      }
    }
    for (Slot s : run) {
      s.needed = s == best;
      s.extra &= s != best;
    }
  }

  private static Comparator<Slot> order(Map<Long, Integer> subnets) {
    return Comparator.<Slot>comparingInt(s -> s.silent() ? 1 : 0)
        .thenComparingInt(s -> s.peerSaid == Slot.SPARE ? 1 : 0)
        .thenComparingInt(s -> s.weSaid == Slot.NEEDED && !s.extra ? 0 : 1)
        .thenComparingInt(s -> s.claims.length > CROWDED ? 1 : 0)
        .thenComparingInt(s -> s.proven > 0 ? 0 : 1)
        .thenComparingLong(s -> roundTrip(s) / RTT_STEP)
        .thenComparingInt(s -> s.link.dialled() ? 0 : 1)
        .thenComparingLong(s -> s.since)
        .thenComparingInt(s -> subnets.getOrDefault(s.link.remote().subnet(), 0))
        .thenComparingInt(s -> s.handle);
  }

  private static void extra(List<Slot> spare, long secret) {
    List<Slot> chosen = new ArrayList<>();
    take(spare, chosen, s -> -(long) s.proven);
    take(spare, chosen, Needs::roundTrip);
    take(spare, chosen, s -> s.since);
    take(spare, chosen, s -> Eviction.keyed(s, secret));
    for (Slot s : spare) {
      s.extra = chosen.contains(s);
      s.needed = s.extra;
    }
  }

  private static void take(List<Slot> from, List<Slot> chosen, ToLongFunction<Slot> measure) {
    Slot best = null;
    for (Slot s : from) {
      if (chosen.contains(s) || s.silent() || crowded(s, chosen)) {
        continue;
      }
      if (best == null
          || measure.applyAsLong(s) < measure.applyAsLong(best)
          || (measure.applyAsLong(s) == measure.applyAsLong(best) && s.handle < best.handle)) {
        best = s;
      }
    }
    if (best != null) {
      chosen.add(best);
    }
  }

  private static boolean crowded(Slot s, List<Slot> chosen) {
    int n = 0;
    for (Slot c : chosen) {
      n += c.link.remote().subnet() == s.link.remote().subnet() ? 1 : 0;
    }
    return n >= EXTRA_PER_SUBNET;
  }

  private static long roundTrip(Slot s) {
    long nanos = s.link.roundTripNanos();
    return nanos == 0 ? Long.MAX_VALUE : nanos;
  }
}
