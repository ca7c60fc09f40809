package org.wayfolk.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Link;

/**
 * The live links, nearest first. In that order the 16 siblings are the first 16, every level and
 * every stratum is one run, and what a next-hop decision reads lies in arrays that it can scan
 * without allocating.
 *
 * <p>Level of a peer: leading bits its id shares with ours, less the network's difficulty. Stratum:
 * the half of the level's sub-tree it stands in, by the bit behind the first one that differs.
 */
final class LinkTable {
  /** The nearest nodes, all of which are links: far more than leave between two repairs. */
  static final int SIBLINGS = 16;

  /**
   * The nearest nodes that carry for others, all of which are links: what is for us comes over one
   * of them. Among siblings there are more, unless most nodes carry nothing.
   */
  static final int NEAR_CARRIERS = 8;

  /** Strata there can be: two a level. */
  static final int STRATA = 2 * NodeId.BITS;

  /** By how many bits two nodes that count each other as siblings may see it differently. */
  private static final int NEEDED_BITS = 3;

  /** Not an index. */
  static final int NONE = -1;

  /** Most links of a node that pays by volume: what is for it comes over any of them. */
  static final int LEAF_LINKS = 8;

  final NodeId self;

  /** Whether we are such a node. */
  boolean leaf;

  private final int difficulty;
  private int handles;
  private int size;
  private Slot[] slots = new Slot[64];

  // What decisions read, in the order of slots: four words an id, handles, claims.
  private long[] ids = new long[4 * 64];
  private int[] handleOf = new int[64];
  private long[][] scored = new long[64][];
  private long[][] ends = new long[64][];
  private boolean[] carries = new boolean[64];
  private boolean[] resting = new boolean[64];
  private final int[] inStratum = new int[STRATA];
  private final int[] carriersIn = new int[STRATA];

  LinkTable(NodeId self, int difficulty) {
    this.self = self;
    this.difficulty = difficulty;
  }

  int size() {
    return size;
  }

  Slot at(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return slots[index];
  }

  /** Ids as words, four each, of which {@link #size} mean anything; do not modify. */
  long[] ids() {
    return ids;
  }

  /** Handles in table order; do not modify. */
  int[] handles() {
    return handleOf;
  }

  /** Claims that order choices, in table order; do not modify. */
  long[][] scored() {
    return scored;
  }

  /** Claims that count only where they are the target, in table order; do not modify. */
  long[][] ends() {
    return ends;
  }

  /** Links that are about to be given up, in table order; do not modify. */
  boolean[] resting() {
    return resting;
  }

  /** Notes whether a link rests. */
  void rests(Slot slot) {
    resting[indexOf(slot.id)] = slot.resting();
  }

  /** Who carries for others, in table order; do not modify. */
  boolean[] carries() {
    return carries;
  }

  /** The stratum of an id that is not ours: 0 .. {@link #STRATA} - 1, farthest first. */
  int stratum(NodeId id) {
    int prefix = self.commonPrefix(id);
    return 2 * prefix + (prefix + 1 < NodeId.BITS ? id.bit(prefix + 1) : 0);
  }

  /**
   * Bits that an id shares with a target if it is one of the target's nearest, were they as dense
   * there as they are around us.
   */
  int nearPrefix() {
    return size < SIBLINGS ? NodeId.BITS : slots[SIBLINGS - 1].prefix;
  }

  int level(Slot slot) {
    return Math.max(0, slot.prefix - difficulty);
  }

  /** Cost class of a link's peer; no class where there is only an id. */
  int cost(int index) {
    return slots[index].cost();
  }

  int count(int stratum) {
    return inStratum[stratum];
  }

  /** Links of a stratum whose peers carry for others. */
  int carriers(int stratum) {
    return carriersIn[stratum];
  }

  /** Whether that link is all its stratum has of its kind: what it is there for goes with it. */
  boolean onlyOfStratum(Slot s) {
    return (s.carries() ? carriersIn[s.stratum] : inStratum[s.stratum]) == 1;
  }

  /** How many links to peers that carry for others are nearer to us than that id. */
  int carriersNearerThan(NodeId id) {
    int n = 0;
    for (int i = place(id) - 1; i >= 0; i--) {
      n += carries[i] ? 1 : 0;
    }
    return n;
  }

  /** Whether it is one of the nearest that carry for others. */
  boolean isNearCarrier(Slot s) {
    return s.carries() && carriersNearerThan(s.id) < NEAR_CARRIERS;
  }

  boolean isSibling(Slot slot) {
    int i = indexOf(slot.id);
    return i != NONE && i < SIBLINGS;
  }

  /** Whether a node of that id is or would be among the 16 nearest links. */
  boolean wouldBeSibling(NodeId id) {
    return size < SIBLINGS || self.compareDistance(id, slots[SIBLINGS - 1].id) <= 0;
  }

  @Nullable Slot byId(NodeId id) {
    int i = indexOf(id);
    return i == NONE ? null : slots[i];
  }

  /** The slot that holds exactly this link, not an older or newer one to the same peer. */
  @Nullable Slot byLink(Link link) {
    Slot s = byId(link.peer());
    return s != null && s.link.serial() == link.serial() ? s : null;
  }

  @Nullable Slot byHandle(int handle) {
    for (int i = 0; i < size; i++) {
      if (handleOf[i] == handle) {
        return slots[i];
      }
    }
    return null;
  }

  int indexOf(NodeId id) {
    int i = place(id);
    return i < size && slots[i].id.equals(id) ? i : NONE;
  }

  /** Takes a new link in. There must be none to that peer. */
  Slot add(Link link, PeerRecord record, long now) {
    NodeId id = link.peer();
    int i = place(id);
    if (size == slots.length) {
      grow();
    }
    int tail = size - i;
    System.arraycopy(slots, i, slots, i + 1, tail);
    System.arraycopy(ids, 4 * i, ids, 4 * (i + 1), 4 * tail);
    System.arraycopy(handleOf, i, handleOf, i + 1, tail);
    System.arraycopy(scored, i, scored, i + 1, tail);
    System.arraycopy(ends, i, ends, i + 1, tail);
    System.arraycopy(carries, i, carries, i + 1, tail);
    System.arraycopy(resting, i, resting, i + 1, tail);
    Slot s = new Slot(++handles, link, record, self.commonPrefix(id), stratum(id), now);
    slots[i] = s;
    for (int w = 0; w < 4; w++) {
      ids[4 * i + w] = id.word(w);
    }
    handleOf[i] = s.handle;
    scored[i] = s.scored;
    ends[i] = s.ends;
    carries[i] = s.carries();
    resting[i] = false;
    inStratum[s.stratum]++;
    carriersIn[s.stratum] += carries[i] ? 1 : 0;
    size++;
    return s;
  }

  void remove(Slot slot) {
    int i = indexOf(slot.id);
    if (i == NONE || slots[i] != slot) {
      throw new IllegalStateException("not in the table");
    }
    int tail = size - i - 1;
    System.arraycopy(slots, i + 1, slots, i, tail);
    System.arraycopy(ids, 4 * (i + 1), ids, 4 * i, 4 * tail);
    System.arraycopy(handleOf, i + 1, handleOf, i, tail);
    System.arraycopy(scored, i + 1, scored, i, tail);
    System.arraycopy(ends, i + 1, ends, i, tail);
    System.arraycopy(carries, i + 1, carries, i, tail);
    System.arraycopy(resting, i + 1, resting, i, tail);
    inStratum[slot.stratum]--;
    carriersIn[slot.stratum] -= slot.carries() ? 1 : 0;
    size--;
    scored[size] = NO_CLAIMS;
    ends[size] = NO_CLAIMS;
  }

  /** Makes new claims of a slot count. */
  void scored(Slot slot, long[] claims, long[] targetsOnly) {
    int i = indexOf(slot.id);
    slot.scored = claims;
    slot.ends = targetsOnly;
    scored[i] = claims;
    ends[i] = targetsOnly;
  }

  /**
   * Takes a later record of a slot's peer; whether it carries for others now and did not, or the
   * other way.
   */
  boolean renew(Slot slot, PeerRecord record) {
    boolean before = slot.carries();
    slot.record = record;
    if (slot.carries() == before) {
      return false;
    }
    carries[indexOf(slot.id)] = slot.carries();
    carriersIn[slot.stratum] += before ? -1 : 1;
    return true;
  }

  /**
   * Whether the peer counts us among its own 16 nearest, as far as its link table says. Believed
   * only of peers about as near as our own siblings: the others could not be honest about it.
   */
  boolean needsUs(Slot s) {
    int last = Math.min(size, SIBLINGS) - 1;
    if (last < 0 || s.prefix + NEEDED_BITS < slots[last].prefix) {
      return false;
    }
    long ours = s.id.a() ^ self.a();
    int nearer = 0;
    boolean listed = s.peerSaid == Slot.NEEDED; // kept peers do not list each other
    for (long claim : s.claims) {
      listed |= claim == self.a();
      if (Long.compareUnsigned(claim ^ s.id.a(), ours) < 0) {
        nearer++;
      }
    }
    return listed && nearer < SIBLINGS;
  }

  /** How many links are nearer to us than that id. */
  int nearerThan(NodeId id) {
    return place(id);
  }

  /** The slot whose id begins with that word, or null. */
  @Nullable Slot byPrefix(long word) {
    for (int i = 0; i < size; i++) {
      if (ids[4 * i] == word) {
        return slots[i];
      }
    }
    return null;
  }

  /** How many links the peers dialled. */
  int inbound() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      n += slots[i].link.dialled() ? 0 : 1;
    }
    return n;
  }

  /** Where an id is, or would have to be put: links before it are nearer to us. */
  private int place(NodeId id) {
    int low = 0;
    int high = size;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (self.compareDistance(slots[mid].id, id) < 0) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  private void grow() {
    int n = 2 * size;
    slots = Arrays.copyOf(slots, n);
    ids = Arrays.copyOf(ids, 4 * n);
    handleOf = Arrays.copyOf(handleOf, n);
    scored = Arrays.copyOf(scored, n);
    ends = Arrays.copyOf(ends, n);
    carries = Arrays.copyOf(carries, n);
    resting = Arrays.copyOf(resting, n);
  }

  private static final long[] NO_CLAIMS = {};
}
