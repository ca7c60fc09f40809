package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gives way when more peers have dialled us than we keep. Never a sibling, ours or one that
 * counts us as its own, never one of the nearest that carry for others, and never the only link of
 * a stratum or the only one there that carries: that would make a dead end. Then those that an
 * attacker cannot be by arriving often are protected: the oldest, the nearest in time, some by a
 * secret choice of subnets, and those that receipts proved useful (after Bitcoin Core's eviction;
 * security.md 7). Of the rest the youngest of the most crowded subnet goes. Links that we dialled
 * are our choice and not asked.
 */
final class Eviction {
  /** Links protected for their age. */
  static final int OLDEST = 8;

  /** Links protected for their round trip. */
  static final int FASTEST = 4;

  /** Links protected by the secret choice. */
  static final int BY_SUBNET = 4;

  /** Links protected for proven receipts. */
  static final int PROVEN = 8;

  /**
   * Links protected because their peers say that they count us among their siblings: twice ours. A
   * claim costs nothing, so the oldest are believed.
   */
  static final int NEED_US = 32;

  private Eviction() {}

  /** Whose word that it needs us is believed. */
  static Set<Slot> needing(LinkTable table) {
    List<Slot> out = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (!s.link.dialled() && !table.isSibling(s) && table.needsUs(s)) {
        out.add(s);
      }
    }
    out.sort(Comparator.<Slot>comparingLong(s -> s.since).thenComparingInt(s -> s.handle));
    return new HashSet<>(out.subList(0, Math.min(NEED_US, out.size())));
  }

  /** Who goes, or null if nobody may. */
  static @Nullable Slot choose(LinkTable table, long secret) {
    Set<Slot> needing = needing(table);
    List<Slot> open = new ArrayList<>();
    Map<Long, Integer> crowd = new HashMap<>();
    for (int i = LinkTable.SIBLINGS; i < table.size(); i++) {
      Slot s = table.at(i);
      // A guest has no place that it could give way from.
      boolean placed = !s.link.dialled() && s.graceEnds == 0 && !s.kept;
      if (placed && !table.onlyOfStratum(s) && !table.isNearCarrier(s) && !needing.contains(s)) {
        open.add(s);
      }
    }
    protect(open, OLDEST, Comparator.comparingLong(s -> s.since));
    protect(
        open,
        FASTEST,
        Comparator.comparingLong(
            s -> s.link.roundTripNanos() == 0 ? Long.MAX_VALUE : s.link.roundTripNanos()));
    protect(open, BY_SUBNET, Comparator.comparingLong(s -> keyed(s, secret)));
    int useful = (int) open.stream().filter(s -> s.proven > 0).count();
    protect(open, Math.min(PROVEN, useful), Comparator.comparingInt(s -> -s.proven));
    for (Slot s : open) {
      crowd.merge(s.link.remote().subnet(), 1, Integer::sum);
    }
    Slot worst = null;
    for (Slot s : open) {
      if (worst == null || before(s, worst, crowd)) {
        worst = s;
      }
    }
    return worst;
  }

  private static boolean before(Slot s, Slot other, Map<Long, Integer> crowd) {
    int byCrowd = Integer.compare(crowd(s, crowd), crowd(other, crowd));
    return byCrowd != 0 ? byCrowd > 0 : s.handle > other.handle;
  }

  private static void protect(List<Slot> open, int n, Comparator<Slot> first) {
    open.sort(first.thenComparingInt(s -> s.handle));
    open.subList(0, Math.min(n, open.size())).clear();
  }

  private static int crowd(Slot s, Map<Long, Integer> crowd) {
    return crowd.getOrDefault(s.link.remote().subnet(), 0);
  }

  static long keyed(Slot s, long secret) {
    long z = (s.link.remote().subnet() ^ secret) * 0x9e3779b97f4a7c15L;
    return z ^ (z >>> 29);
  }
}
