package org.wayfolk.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;

/**
 * The verified records we hold, one a node, in the order of their ids, so that every run iterates
 * alike. Owned by the loop; nothing blocks. Whoever puts a record has had its signature checked.
 *
 * <p>Bounded. A record may claim any address, so a flood of self-made records is cheap: when the
 * table is full, a peer whose address we proved ourselves never gives way to hearsay, and among
 * hearsay the most crowded subnet loses its oldest record first.
 */
public final class KnownPeers {
  /** Most records held: 2,048 x about 1.5 KB; a thousand times what a lookup needs at once. */
  public static final int MAX = 2_048;

  /**
   * Records kept on disk: enough for every level of a network of millions to have one that still
   * lives.
   */
  public static final int CACHED = 64;

  /** What came of a put. */
  public enum Put {
    /** First record of this node. */
    ADDED,
    /** It replaced an older one. */
    REPLACED,
    /** The record we hold already. */
    SAME,
    /** We hold a later one. */
    OLDER,
    /** Full of better ones. */
    FULL,
    /** It is about ourselves. */
    SELF
  }

  /** Hears of records. Called by {@link #put}, on the loop. */
  public interface Listener {
    /**
     * A verified record was taken in.
     *
     * @param later whether it replaced one that was issued earlier; else we held none
     */
    void taken(PeerRecord record, boolean later);
  }

  private static final class Known {
    private PeerRecord record;
    private List<Address> usable;
    private @Nullable Address proven;
    private long provenMillis;
    private long subnet;

    Known(PeerRecord record, List<Address> usable) {
      this.record = record;
      this.usable = usable;
    }

    @Nullable Address hint() {
      Address p = proven;
      if (p != null) {
        return p;
      }
      return usable.isEmpty() ? null : usable.getFirst();
    }
  }

  private final NodeId self;
  private final int limit;
  private final TreeMap<NodeId, Known> known = new TreeMap<>();
  private final Map<Long, Integer> hearsay = new HashMap<>();
  private Listener listener = (record, later) -> {};

  /** An empty table of the node {@code self}, of at most {@link #MAX} records. */
  public KnownPeers(NodeId self) {
    this(self, MAX);
  }

  KnownPeers(NodeId self, int limit) {
    this.self = self;
    this.limit = limit;
  }

  /** Says who hears of records taken in from now on; replaces who did. */
  public void listen(Listener value) {
    listener = value;
  }

  /** {@link #put(PeerRecord, List)} of a record all of whose addresses may be dialled. */
  public Put put(PeerRecord verified) {
    return put(verified, verified.addresses());
  }

  /**
   * Takes in a verified record. A later record replaces an earlier one of the same node, never the
   * other way.
   *
   * @param usable which of its addresses may be dialled: {@link Network#usable} of the link that
   *     brought it
   */
  public Put put(PeerRecord verified, List<Address> usable) {
    if (verified.id().equals(self)) {
      return Put.SELF;
    }
    Known old = known.get(verified.id());
    if (old != null) {
      if (old.record.equals(verified)) {
        if (usable.size() > old.usable.size()) { // heard again, from somebody nearer to it
          uncount(old);
          old.usable = List.copyOf(usable);
          count(old);
        }
        return Put.SAME;
      }
      if (!verified.replaces(old.record)) {
        return Put.OLDER;
      }
      boolean later = verified.sequence() > old.record.sequence();
      uncount(old);
      old.record = verified;
      old.usable = List.copyOf(usable);
      count(old);
      if (later) {
        listener.taken(verified, true);
      }
      return Put.REPLACED;
    }
    Known fresh = new Known(verified, List.copyOf(usable));
    if (known.size() >= limit && !evictFor(fresh)) {
      return Put.FULL;
    }
    known.put(verified.id(), fresh);
    count(fresh);
    listener.taken(verified, false);
    return Put.ADDED;
  }

  /**
   * Takes in what an earlier run kept. Whose record is not signed or wholly expired is left out: a
   * cache file is no better than hearsay. About 0.1 ms a hint, so for the start only.
   */
  public void restore(List<PeerCache.Hint> hints, RecordCheck check, long nowMillis) {
    for (PeerCache.Hint hint : hints.subList(0, Math.min(hints.size(), CACHED))) {
      if (check.refusal(hint.record(), nowMillis) == null) {
        put(hint.record());
        Address where = hint.proven();
        if (where != null) {
          proven(hint.record().id(), where, 0);
        }
      }
    }
  }

  /** The record of a node, or null. Its addresses may have ended. */
  public @Nullable PeerRecord get(NodeId id) {
    Known k = known.get(id);
    return k == null ? null : k.record;
  }

  /**
   * Notes that we authenticated a known peer at an address <em>that we dialled</em>. The address an
   * accepted link comes from proves nothing about where the peer can be dialled.
   */
  public void proven(NodeId id, Address dialled, long nowMillis) {
    Known k = known.get(id);
    if (k != null) {
      uncount(k);
      k.proven = dialled;
      k.provenMillis = nowMillis;
      count(k);
    }
  }

  /** Whether we authenticated this peer ourselves at an address that we dialled. */
  public boolean isProven(NodeId id) {
    Known k = known.get(id);
    return k != null && k.proven != null;
  }

  /**
   * Where to dial a node, best first and none twice: the address where we last authenticated it,
   * then those of its record, ended or not. Empty if nothing is known.
   */
  public List<Address> hints(NodeId id) {
    Known k = known.get(id);
    if (k == null) {
      return List.of();
    }
    List<Address> out = new ArrayList<>();
    Address p = k.proven;
    if (p != null) {
      out.add(p);
    }
    k.usable.stream().filter(a -> !a.equals(p)).forEach(out::add);
    return List.copyOf(out);
  }

  /**
   * The {@code n} records nearest to {@code target} that {@code which} accepts, nearest first.
   * Looks at every record: for lookups, not for frames.
   */
  public List<PeerRecord> nearest(NodeId target, int n, Predicate<PeerRecord> which) {
    List<PeerRecord> best = new ArrayList<>(n + 1);
    for (Known k : known.values()) {
      if (!which.test(k.record)) {
        continue;
      }
      int at = best.size();
      while (at > 0 && target.compareDistance(k.record.id(), best.get(at - 1).id()) < 0) {
        at--;
      }
      if (at < n) {
        best.add(at, k.record);
        if (best.size() > n) {
          best.removeLast();
        }
      }
    }
    return best;
  }

  /** All records, in the order of their ids. A copy. */
  public List<PeerRecord> all() {
    return known.values().stream().map(k -> k.record).toList();
  }

  /** How many records. */
  public int size() {
    return known.size();
  }

  /** Forgets a node. */
  public void forget(NodeId id) {
    Known k = known.remove(id);
    if (k != null) {
      uncount(k);
    }
  }

  /** Forgets every node whose whole record, not only its addresses, has expired. */
  public void expire(long nowMillis) {
    known
        .values()
        .removeIf(k -> {
          boolean over = k.record.expiry() <= nowMillis;
          if (over) {
            uncount(k);
          }
          return over;
        });
  }

  /**
   * What to keep on disk: at most {@link #CACHED} peers that can be dialled, one a subnet in each
   * round, so that no subnet fills it; within a subnet those proven last come first, then later
   * records. Deterministic.
   */
  public List<PeerCache.Hint> sample() {
    TreeMap<Long, List<Known>> bySubnet = new TreeMap<>();
    for (Known k : known.values()) {
      Address hint = k.hint();
      if (hint != null) {
        bySubnet.computeIfAbsent(hint.subnet(), s -> new ArrayList<>()).add(k);
      }
    }
    List<List<Known>> columns = new ArrayList<>(bySubnet.values());
    columns.forEach(c -> c.sort(KEEP_FIRST));
    // Subnets with the most recently proven peer first: there may be more subnets than places.
    columns.sort(Comparator.comparing(List::getFirst, KEEP_FIRST));
    List<PeerCache.Hint> out = new ArrayList<>();
    for (int row = 0; out.size() < CACHED; row++) {
      boolean any = false;
      for (List<Known> column : columns) {
        if (row < column.size() && out.size() < CACHED) {
          Known k = column.get(row);
          out.add(new PeerCache.Hint(k.record, k.proven));
          any = true;
        }
      }
      if (!any) {
        break;
      }
    }
    return out;
  }

  private static final Comparator<Known> KEEP_FIRST =
      Comparator.<Known>comparingLong(k -> k.proven == null ? Long.MIN_VALUE : k.provenMillis)
          .thenComparingLong(k -> k.record.sequence())
          .reversed()
          .thenComparing(k -> k.record.id());

  /**
   * Makes room by dropping the oldest hearsay of the most crowded subnet; false if all are proven,
   * or if the newcomer stands in that subnet itself and is older: later records must not let a
   * flood push out other subnets.
   */
  private boolean evictFor(Known fresh) {
    long worst = 0;
    int crowd = 0;
    for (Map.Entry<Long, Integer> e : hearsay.entrySet()) {
      boolean more = e.getValue() > crowd;
      boolean tie = e.getValue() == crowd && e.getKey() < worst; // the map's own order is no order
      if (more || tie) {
        worst = e.getKey();
        crowd = e.getValue();
      }
    }
    if (crowd == 0) {
      return false;
    }
    Known victim = null;
    for (Known k : known.values()) {
      if (k.proven == null
          && k.subnet == worst
          && (victim == null || k.record.sequence() < victim.record.sequence())) {
        victim = k;
      }
    }
    if (victim == null) {
      return false;
    }
    boolean sameCrowd = subnet(fresh) == worst;
    boolean loneliest =
        crowd == 1; // every subnet is as lonely: the newcomer is no gain in diversity
    if ((sameCrowd || loneliest) && victim.record.sequence() >= fresh.record.sequence()) {
      return false;
    }
    forget(victim.record.id());
    return true;
  }

  private void count(Known k) {
    k.subnet = subnet(k);
    if (k.proven == null) {
      hearsay.merge(k.subnet, 1, Integer::sum);
    }
  }

  private static long subnet(Known k) {
    Address hint = k.hint();
    return hint == null ? 0 : hint.subnet();
  }

  private void uncount(Known k) {
    if (k.proven == null) {
      hearsay.computeIfPresent(k.subnet, (s, n) -> n == 1 ? null : n - 1);
    }
  }
}
