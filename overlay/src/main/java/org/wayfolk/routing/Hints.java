package org.wayfolk.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;

/**
 * Reads in the link tables of others whom we should be linked to and are not. Each hint costs one
 * find to the neighbour that gave it, late and rarely; what comes of it must verify.
 */
final class Hints {
  /** A hint is followed if it still holds after so long: most newcomers dial us by themselves. */
  static final long WAIT_NANOS = 4_000_000_000L;

  /** A hint that led nowhere is not followed again for so long. */
  static final long AGAIN_NANOS = 300_000_000_000L;

  /** Hints remembered: all claims of eight neighbours. */
  static final int MAX = 1_024;

  /** New links of a neighbour within one batch that are more than joins and leaves make. */
  static final int MANY_NEW = 4;

  /** Age of a link whose peer is no newcomer any more, whose links would all be new. */
  static final long LONG_HERE_NANOS = 30_000_000_000L;

  /** Lookups because of such a neighbour are so far apart. */
  static final long MEET_NANOS = 20_000_000_000L;

  /** No delay: nothing waits. */
  static final long NEVER = -1;

  private static final int FOLLOWED = 0;

  private final LinkTable table;
  private final KnownPeers known;
  private final Dials dials;
  private final Searches searches;
  private final Map<Long, Long> times = new LinkedHashMap<>();
  private boolean met;
  private long metAt;

  Hints(LinkTable table, KnownPeers known, Dials dials, Searches searches) {
    this.table = table;
    this.known = known;
    this.dials = dials;
    this.searches = searches;
  }

  /** {@link #of} all neighbours. */
  long ofAll(int strata, Effects out) {
    long first = NEVER;
    for (int i = 0; i < table.size(); i++) {
      first = sooner(first, of(table.at(i), strata, out));
    }
    return first;
  }

  /**
   * Follows what is due of a neighbour's hints: ids nearer than our farthest sibling, or in an
   * empty stratum below {@code strata}. Answers after how many nanoseconds to come again.
   */
  long of(Slot s, int strata, Effects out) {
    boolean few = table.size() < LinkTable.SIBLINGS;
    long self = table.self.a();
    long radius = few ? radius(self) : table.at(LinkTable.SIBLINGS - 1).id.a() ^ self;
    long first = NEVER;
    for (long claim : s.claims) {
      boolean near =
          Long.compareUnsigned(claim ^ self, radius) < 0 && !(table.leaf && s.marks(claim));
      if (claim == self
          || (!near && !opens(claim, s.marks(claim), strata))
          || table.byPrefix(claim) != null) {
        continue;
      }
      long wait = follow(claim, s, out);
      if (wait == FOLLOWED) {
        break; // one at a time from each neighbour: an answer brings 20
      }
      first = sooner(first, wait);
    }
    return first;
  }

  /** With few links everybody is near; not to a node that wants no more links than it has. */
  private long radius(long self) {
    int carriers = 0;
    for (int i = 0; table.leaf && i < table.size(); i++) {
      carriers += table.at(i).carries() ? 1 : 0;
      if (carriers == LinkTable.NEAR_CARRIERS) {
        return table.at(i).id.a() ^ self;
      }
    }
    return -1;
  }

  private boolean opens(long claim, boolean end, int strata) {
    int stratum = table.stratum(new NodeId(claim, 0, 0, 0));
    return stratum < strata && (end ? table.count(stratum) : table.carriers(stratum)) == 0;
  }

  /** {@link #FOLLOWED}, {@link #NEVER}, or after how long to come again. */
  private long follow(long claim, Slot from, Effects out) {
    Long when = times.get(claim);
    if (when == null) {
      long wait = Dials.jitter(WAIT_NANOS, out);
      note(claim, out.now() + wait);
      return wait;
    }
    if (when - out.now() > 0) {
      return when - out.now();
    }
    if (searches.busy(Search.Goal.HINT, from.handle)) {
      return NEVER; // one at a time of one neighbour, whom claims cost nothing; its end looks again
    }
    note(claim, out.now() + Dials.jitter(AGAIN_NANOS, out));
    NodeId there = new NodeId(claim, 0, 0, 0);
    List<PeerRecord> have = known.nearest(there, 1, r -> true);
    if (!have.isEmpty() && have.getFirst().id().a() == claim) {
      // It is known, and if it is not dialled then because it did not answer; a neighbour has it.
      dials.forgetPause(have.getFirst().id());
      return Upkeep.SOON_NANOS;
    }
    Search s = new Search(there, Search.Goal.HINT, from.handle);
    return searches.start(s, from.id, out) ? FOLLOWED : NEVER;
  }

  private void note(long claim, long when) {
    times.remove(claim);
    times.put(claim, when);
    if (times.size() > MAX) {
      times.remove(times.keySet().iterator().next());
    }
  }

  /**
   * Many new links at once of one that is long here mean that its part of the network has met
   * another. Answers one of them, to look ourselves up through; or null.
   */
  @Nullable NodeId meeting(Slot s, long[] fresh, Effects out) {
    long now = out.now();
    if (fresh.length < MANY_NEW
        || now - s.since <= LONG_HERE_NANOS
        || (met && now - metAt <= MEET_NANOS)) {
      return null;
    }
    met = true;
    metAt = now;
    return new NodeId(fresh[out.random().nextInt(fresh.length)], 0, 0, 0);
  }

  private static long sooner(long x, long y) {
    return x == NEVER ? y : y == NEVER ? x : Math.min(x, y);
  }
}
