package org.wayfolk.routing;

import org.wayfolk.id.NodeId;

/**
 * Where a frame goes next, decided on values alone: no link is asked, nothing is allocated. One
 * instance is reused by the loop; {@link #count} and {@link #index} are its answer.
 *
 * <p>A neighbour that carries nothing for others is a candidate only where it is the target.
 *
 * <p>{@link #closer}: neighbours strictly nearer to the target than we are, best first. Lookahead
 * orders the 16 nearest of them by the best id that each is, or claims to be linked to (Manku, Naor
 * and Wieder, Know thy neighbor's neighbor, 2004). Claims never make a neighbour eligible: a liar
 * costs detours of one hop, not deliveries. {@link #any}: all other neighbours by their own
 * distance, for a copy that has no nearer one.
 *
 * <p>{@link #standOff}: for copies after the first. What greedy ways have in common is their end:
 * the nearest of the target, whoever they are. So these copies go to neighbours that say they are
 * linked to the target itself, whatever their distance, the farthest first: there are few of them a
 * level, and only {@link LinkTables#SCORED_PER_LEVEL} claims of a level count, so that a liar in
 * another region can be in the way of no more targets than an honest node. Who knows no such
 * neighbour goes nearer, but not right into the target's neighbourhood.
 */
final class Decision {
  /**
   * Candidates that are ranked: the hop after next lies with one of these, and retries are four.
   */
  static final int RANKED = 16;

  // Order of {@link #standOff}.
  private static final int IS_TARGET = 0;
  private static final int CLAIMS = 1;
  private static final int OUTSIDE = 2;
  private static final int WITHIN = 3;
  private static final int NO_RANK = 4;

  private final int[] index = new int[RANKED];
  private final long[] score = new long[RANKED];
  private final int[] rankOf = new int[RANKED];
  private int count;

  // Whom to leave out: handles, and words of ids.
  private final int[] without = new int[32];
  private int withoutCount;
  private final long[] avoid = new long[4 * Envelope.MAX_AVOID];
  private int avoidCount;

  private long ta;
  private long tb;
  private long tc;
  private long td;

  /** Begins a decision about a target; forgets whom to leave out. */
  void target(long a, long b, long c, long d) {
    ta = a;
    tb = b;
    tc = c;
    td = d;
    withoutCount = 0;
    avoidCount = 0;
    count = 0;
  }

  /** Leaves a link out. Beyond 32 none is noted. */
  void without(int handle) {
    if (withoutCount < without.length) {
      without[withoutCount++] = handle;
    }
  }

  /** Leaves an id out, unless it is the target itself. At most {@link Envelope#MAX_AVOID}. */
  void avoid(long a, long b, long c, long d) {
    avoid[4 * avoidCount] = a;
    avoid[4 * avoidCount + 1] = b;
    avoid[4 * avoidCount + 2] = c;
    avoid[4 * avoidCount + 3] = d;
    avoidCount++;
  }

  int count() {
    return count;
  }

  /** Index in the table of the candidate of a rank. */
  int index(int rank) {
    return index[rank];
  }

  /** Ranks the neighbours that are strictly nearer to the target than we are. */
  void closer(LinkTable t, boolean lookahead) {
    collect(t, true);
    if (lookahead) {
      rank(t);
    }
  }

  /** Ranks the neighbours that are not, nearest to the target first. */
  void any(LinkTable t) {
    collect(t, false);
  }

  /**
   * Ranks the neighbours that claim a link to the target, farthest first; behind them those that
   * are nearer than we, nearest first, but last those within the target's neighbourhood.
   *
   * @param near bits that an id shares with the target if it is one of its nearest, as dense as our
   *     own neighbourhood is
   */
  void standOff(LinkTable t, int near) {
    long[] ids = t.ids();
    int[] handles = t.handles();
    boolean[] carries = t.carries();
    long[][] scored = t.scored();
    long[][] ends = t.ends();
    count = 0;
    for (int i = 0, n = t.size(); i < n; i++) {
      int o = 4 * i;
      if ((carries[i] || isTarget(ids, o)) && !leftOut(ids, o, handles[i])) {
        int rank = rankOf(t.self, ids, o, holds(scored[i], ta) || holds(ends[i], ta), near);
        if (rank != NO_RANK) {
          insert(ids, i, rank);
        }
      }
    }
  }

  private int rankOf(NodeId self, long[] ids, int o, boolean claims, int near) {
    if (isTarget(ids, o)) {
      return IS_TARGET;
    }
    if (claims) {
      return CLAIMS;
    }
    boolean nearer =
        NodeId.compareDistance(
                ta,
                tb,
                tc,
                td,
                ids[o],
                ids[o + 1],
                ids[o + 2],
                ids[o + 3],
                self.a(),
                self.b(),
                self.c(),
                self.d())
            < 0;
    if (!nearer) {
      return NO_RANK;
    }
    return Long.numberOfLeadingZeros(ids[o] ^ ta) <= near ? OUTSIDE : WITHIN;
  }

  private boolean goesBefore(long[] ids, int i, int rank, int at) {
    if (rank != rankOf[at]) {
      return rank < rankOf[at];
    }
    int byDistance = compare(ids, i, index[at]);
    return rank == CLAIMS ? byDistance > 0 : byDistance < 0;
  }

  private void insert(long[] ids, int i, int rank) {
    int at = count;
    if (at == RANKED) {
      if (!goesBefore(ids, i, rank, RANKED - 1)) {
        return;
      }
      at--;
    } else {
      count++;
    }
    while (at > 0 && goesBefore(ids, i, rank, at - 1)) {
      index[at] = index[at - 1];
      rankOf[at] = rankOf[at - 1];
      at--;
    }
    index[at] = i;
    rankOf[at] = rank;
  }

  private void collect(LinkTable t, boolean nearer) {
    long[] ids = t.ids();
    int[] handles = t.handles();
    boolean[] carries = t.carries();
    boolean[] resting = t.resting();
    NodeId self = t.self;
    long sa = self.a();
    long sb = self.b();
    long sc = self.c();
    long sd = self.d();
    count = 0;
    for (int i = 0, n = t.size(); i < n; i++) {
      if (resting[i]) {
        continue;
      }
      int o = 4 * i;
      boolean isNearer =
          NodeId.compareDistance(
                  ta, tb, tc, td, ids[o], ids[o + 1], ids[o + 2], ids[o + 3], sa, sb, sc, sd)
              < 0;
      if (isNearer == nearer && (carries[i] || isTarget(ids, o)) && !leftOut(ids, o, handles[i])) {
        insert(ids, i);
      }
    }
  }

  private boolean goesBefore(LinkTable t, int i, long best, int at) {
    int byClaim = Long.compareUnsigned(best, score[at]);
    return byClaim < 0
        || (byClaim == 0 && t.cost(i) < t.cost(index[at]) && !isTarget(t.ids(), 4 * index[at]));
  }

  private boolean leftOut(long[] ids, int o, int handle) {
    for (int i = 0; i < withoutCount; i++) {
      if (without[i] == handle) {
        return true;
      }
    }
    for (int i = 0; i < 4 * avoidCount; i += 4) {
      if (avoid[i] == ids[o]
          && avoid[i + 1] == ids[o + 1]
          && avoid[i + 2] == ids[o + 2]
          && avoid[i + 3] == ids[o + 3]) {
        return !isTarget(ids, o);
      }
    }
    return false;
  }

  private boolean isTarget(long[] ids, int o) {
    return ids[o] == ta && ids[o + 1] == tb && ids[o + 2] == tc && ids[o + 3] == td;
  }

  private static boolean holds(long[] words, long word) {
    for (int k = 0; k < words.length; k++) {
      if (words[k] == word) {
        return true;
      }
    }
    return false;
  }

  private int compare(long[] ids, int i, int j) {
    int x = 4 * i;
    int y = 4 * j;
    return NodeId.compareDistance(
        ta,
        tb,
        tc,
        td,
        ids[x],
        ids[x + 1],
        ids[x + 2],
        ids[x + 3],
        ids[y],
        ids[y + 1],
        ids[y + 2],
        ids[y + 3]);
  }

  private void insert(long[] ids, int i) {
    int at = count;
    if (at == RANKED) {
      if (compare(ids, i, index[RANKED - 1]) >= 0) {
        return;
      }
      at--;
    } else {
      count++;
    }
    while (at > 0 && compare(ids, i, index[at - 1]) < 0) {
      index[at] = index[at - 1];
      at--;
    }
    index[at] = i;
  }

  /**
   * Orders by the best claim; of equal ones the cheaper class goes first. The target itself comes
   * first whatever others claim.
   */
  private void rank(LinkTable t) {
    long[] ids = t.ids();
    long[][] scored = t.scored();
    long[][] ends = t.ends();
    for (int r = 0; r < count; r++) {
      int i = index[r];
      long best = ids[4 * i] ^ ta;
      long[] claims = scored[i];
      for (int k = 0; k < claims.length; k++) {
        long x = claims[k] ^ ta;
        if (Long.compareUnsigned(x, best) < 0) {
          best = x;
        }
      }
      if (isTarget(ids, 4 * i) || holds(ends[i], ta)) {
        best = 0;
      }
      // Stable: of equal scores the one that is itself nearer stays before the other, and the
      // target, if it is a neighbour, came first.
      int at = r;
      while (at > 0 && goesBefore(t, i, best, at - 1)) {
        index[at] = index[at - 1];
        score[at] = score[at - 1];
        at--;
      }
      index[at] = i;
      score[at] = best;
    }
  }
}
