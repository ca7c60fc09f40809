package org.wayfolk.simulator.nearest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node has heard of others: a bucket for each length of the common prefix, latest first,
 * each with as many in reserve. Whoever is in a full bucket stays until a probe finds it dead.
 */
final class Knowledge {
  private static final int K = 20;
  private static final int MOST_PROBES = 16;
  private static final double NEVER = -1;
  private static final double STALE_SECONDS = 900;

  /** One that is known. Without an address it cannot be dialled, without a key not be told of. */
  static final class Contact {
    final int node;
    boolean key;
    boolean address;

    Contact(int node, boolean key, boolean address) {
      this.node = node;
      this.key = key;
      this.address = address;
    }
  }

  private static final class Bucket {
    final List<Contact> in = new ArrayList<>();
    final List<Contact> reserve = new ArrayList<>();
    double refreshed = NEVER;
  }

  private final int self;
  private final long[] ids;
  private final Bucket[] buckets = new Bucket[Long.SIZE];
  private final Map<Integer, Contact> byNode = new HashMap<>();
  private final List<Integer> probes = new ArrayList<>();

  Knowledge(int self, long[] ids) {
    this.self = self;
    this.ids = ids;
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new Bucket();
    }
  }

  int size() {
    return byNode.size();
  }

  private Bucket bucket(int node) {
    return buckets[Long.numberOfLeadingZeros(ids[self] ^ ids[node])];
  }

  /** Hears of one. */
  void observe(int node, boolean key, boolean address) {
    if (node == self) {
      return;
    }
    Bucket b = bucket(node);
    Contact c = byNode.get(node);
    if (c != null) {
      c.key |= key;
      c.address |= address;
      toFront(b, c);
    } else if (b.in.size() < K) {
      c = new Contact(node, key, address);
      b.in.addFirst(c);
      byNode.put(node, c);
    } else {
      b.reserve.removeIf(r -> r.node == node);
      b.reserve.addFirst(new Contact(node, key, address));
      if (b.reserve.size() > K) {
        b.reserve.removeLast();
      }
      int last = b.in.getLast().node;
      if (probes.size() < MOST_PROBES && !probes.contains(last)) {
        probes.add(last);
      }
    }
  }

  private static void toFront(Bucket b, Contact c) {
    b.in.remove(c);
    b.in.addFirst(c);
  }

  /** The next that is to be probed, or null. */
  @Nullable Contact probe() {
    while (!probes.isEmpty()) {
      Contact c = byNode.get(probes.removeFirst());
      if (c != null) {
        return c;
      }
    }
    return null;
  }

  /** A probe found it alive. */
  void confirm(int node) {
    Contact c = byNode.get(node);
    if (c != null) {
      toFront(bucket(node), c);
    }
  }

  /** It is dead or was purged: the latest in reserve takes its place. */
  void remove(int node) {
    Contact c = byNode.remove(node);
    if (c == null) {
      return;
    }
    Bucket b = bucket(node);
    b.in.remove(c);
    if (!b.reserve.isEmpty()) {
      Contact next = b.reserve.removeFirst();
      b.in.addFirst(next);
      byNode.put(next.node, next);
    }
  }

  /** The nearest to a place, nearest first. */
  List<Contact> closest(long place, int most) {
    Contact[] out = new Contact[most];
    int n = 0;
    for (Bucket b : buckets) {
      for (Contact c : b.in) {
        long distance = ids[c.node] ^ place;
        if (n == most) {
          if (Long.compareUnsigned(distance, ids[out[n - 1].node] ^ place) >= 0) {
            continue;
          }
          n--;
        }
        int at = n++;
        while (at > 0 && Long.compareUnsigned(distance, ids[out[at - 1].node] ^ place) < 0) {
          out[at] = out[at - 1];
          at--;
        }
        out[at] = c;
      }
    }
    return List.of(Arrays.copyOf(out, n));
  }

  /** The bucket with members whose refresh is due the longest, or -1; it counts as refreshed. */
  int refresh(double now) {
    int due = -1;
    for (int i = 0; i < buckets.length; i++) {
      Bucket b = buckets[i];
      boolean ripe = b.refreshed == NEVER || now - b.refreshed >= STALE_SECONDS;
      if (!b.in.isEmpty() && ripe && (due < 0 || b.refreshed < buckets[due].refreshed)) {
        due = i;
      }
    }
    if (due >= 0) {
      buckets[due].refreshed = now;
    }
    return due;
  }
}
