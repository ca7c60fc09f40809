package org.wayfolk.simulator.routing;

import java.util.Arrays;
import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.routing.Walk;

/**
 * Our links: the 16 nearest; whoever counts us among its own 16 nearest, for such a dial is always
 * let in and never evicted; and one link in each populated stratum of the levels beyond. Levels and
 * strata are those of {@code routing}'s LinkTable, where {@code slots} is 2; with 1 a level is one
 * stratum, with 4 it is four.
 *
 * <p>In a running network a node also keeps links that others dialled to fill their strata: up to
 * as many again. Messages could only go the better by them; they are left out, here and in the
 * count.
 */
final class XorTopology implements Topology, Walk.Links {
  /** The nearest, all of which are links. */
  static final int SIBLINGS = 16;

  /**
   * From the level where the siblings end: in none farther is the other side so empty that one of
   * it looks for its siblings on ours.
   */
  private static final int ADMIRING_LEVELS = 5;

  /** What a node tells of its links at most (LinkTables). */
  private static final int MAX_TOLD = 128;

  private static final long LINK_SALT = 0x6c696e6b73L;
  private static final long DEATH_SALT = 0x6465617468L;

  private final RoutingPlan plan;
  private final SortedIds ids;
  private final int strataBits;

  XorTopology(RoutingPlan plan, int threads) {
    this.plan = plan;
    ids = new SortedIds(plan.nodes(), plan.seed(), threads);
    strataBits = Integer.numberOfTrailingZeros(plan.slots());
  }

  @Override
  public boolean alive(int node) {
    return alive(ids.at(node));
  }

  @Override
  public int links(int node) {
    return words(ids.at(node)).length;
  }

  @Override
  public Traveller traveller() {
    Walk walk = new Walk(this, plan.lookahead());
    return (from, to) -> walk.go(id(ids.at(from)), id(ids.at(to)));
  }

  @Override
  public List<NodeId> of(NodeId node) {
    return Arrays.stream(words(node.a())).mapToObj(XorTopology::id).toList();
  }

  @Override
  public long[] told(NodeId node) {
    long[] words = words(node.a());
    return words.length <= MAX_TOLD ? words : Arrays.copyOf(words, MAX_TOLD);
  }

  @Override
  public boolean alive(NodeId node) {
    return alive(node.a());
  }

  private static NodeId id(long word) {
    return new NodeId(word, 0, 0, 0);
  }

  private boolean alive(long word) {
    return plan.dead() == 0
        || Chance.unit(Chance.mix(word ^ Chance.mix(plan.seed() ^ DEATH_SALT))) >= plan.dead();
  }

  /** The links of a node, nearest first. */
  long[] words(long self) {
    // The level at which the siblings end: with one bit more in common there are fewer than 16.
    int last = 0;
    int low = 0;
    int high = ids.size();
    while (true) {
      int l = ids.from(self, last + 1);
      int h = ids.to(self, last + 1);
      if (h - l <= SIBLINGS) {
        break;
      }
      low = l;
      high = h;
      last++;
    }
    long[] out = new long[SIBLINGS * (1 + ADMIRING_LEVELS) + plan.slots() * (last + 1)];
    int n = siblings(self, low, high, out);
    n = admirers(self, last, out, n);
    n = levels(self, last, out, n);
    return Arrays.copyOf(out, n);
  }

  /** Those that have us among their 16 nearest and are not among ours. */
  private int admirers(long self, int last, long[] out, int have) {
    int n = have;
    for (int level = last; level >= Math.max(0, last - ADMIRING_LEVELS + 1); level--) {
      long other = self ^ (1L << (63 - level));
      int l = ids.from(other, level + 1);
      int h = ids.to(other, level + 1);
      int room = SIBLINGS - (h - l - 1); // beside those on their own side of this level
      int from = ids.from(self, level + 1);
      int to = ids.to(self, level + 1);
      for (int i = l; i < h && room > 0; i++) {
        long v = ids.at(i);
        int nearer = 0;
        for (int k = from; k < to && nearer < room; k++) {
          nearer += Long.compareUnsigned(ids.at(k) ^ v, self ^ v) < 0 ? 1 : 0;
        }
        if (nearer < room && !holds(out, n, v, 64)) {
          n = insert(self, out, n, v);
        }
      }
    }
    return n;
  }

  private int siblings(long self, int low, int high, long[] out) {
    int n = 0;
    for (int i = low; i < high; i++) {
      long word = ids.at(i);
      if (word == self) {
        continue;
      }
      long distance = word ^ self;
      if (n == SIBLINGS) {
        if (Long.compareUnsigned(distance, out[n - 1] ^ self) >= 0) {
          continue;
        }
        n--;
      }
      n = insert(self, out, n, word);
    }
    return n;
  }

  /** Puts a word where it belongs among the first {@code n}, nearest first. */
  private static int insert(long self, long[] out, int n, long word) {
    int at = n;
    while (at > 0 && Long.compareUnsigned(word ^ self, out[at - 1] ^ self) < 0) {
      out[at] = out[at - 1];
      at--;
    }
    out[at] = word;
    return n + 1;
  }

  /** A link in each stratum that has members and has none yet of the nearest or for their sake. */
  private int levels(long self, int last, long[] out, int have) {
    int n = have;
    for (int level = last; level >= 0; level--) {
      long other = self ^ (1L << (63 - level));
      int bits = level + 1 + strataBits;
      for (int stratum = 0; stratum < plan.slots(); stratum++) {
        long prefix = (other & (-1L << (63 - level))) | ((long) stratum << (64 - bits));
        int l = ids.from(prefix, bits);
        int h = ids.to(prefix, bits);
        if (h > l && !(level > last - ADMIRING_LEVELS && holds(out, n, prefix, bits))) {
          long chance = Chance.word(plan.seed() ^ LINK_SALT, self ^ Chance.mix(prefix + bits));
          n = insert(self, out, n, ids.at(l + Chance.below(h - l, chance)));
        }
      }
    }
    return n;
  }

  private static boolean holds(long[] words, int n, long prefix, int bits) {
    for (int i = 0; i < n; i++) {
      if ((words[i] ^ prefix) >>> (64 - bits) == 0) {
        return true;
      }
    }
    return false;
  }
}
