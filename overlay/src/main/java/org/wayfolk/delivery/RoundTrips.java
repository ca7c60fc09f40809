package org.wayfolk.delivery;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;

/**
 * How long each peer's receipts take, and so how long to wait before a repeat (RFC 6298). Each
 * repeat has a seal and a receipt of its own, so every receipt is a sample. Owned by the loop.
 */
final class RoundTrips {
  /** Peers remembered, about 100 bytes each. */
  static final int MAX_PEERS = 4_096;

  /** Before the first sample, as RFC 6298 says. */
  static final long INITIAL = 1_000_000_000L;

  /** Never less: a handler that stores on disk, and a worker that is busy, take their time. */
  static final long LEAST = 250_000_000L;

  /**
   * Never more: three repeats, each after twice the time, fit into the ten seconds of an attempt.
   */
  static final long MOST = 1_400_000_000L;

  /**
   * The third and fourth try leave no sooner after the one before: a dead link has been noticed by
   * then.
   */
  private static final long SECOND_GAP = 1_000_000_000L;

  private static final long THIRD_GAP = 3_000_000_000L;

  /** After an attempt of four tries, for sends with a later deadline: three repeats a minute. */
  static final long SLOW_GAP = 20_000_000_000L;

  private static final class Estimate {
    private long smoothed;
    private long variation;
  }

  private final LinkedHashMap<NodeId, Estimate> peers = new LinkedHashMap<>(16, 0.75f, true);

  void sample(NodeId peer, long nanos) {
    Estimate e = peers.get(peer);
    if (e == null) {
      e = new Estimate();
      e.smoothed = nanos;
      e.variation = nanos / 2;
      peers.put(peer, e);
      if (peers.size() > MAX_PEERS) {
        peers.pollFirstEntry();
      }
      return;
    }
    e.variation += (Math.abs(e.smoothed - nanos) - e.variation) / 4;
    e.smoothed += (nanos - e.smoothed) / 8;
  }

  /** How long to wait for a receipt before the first repeat, nanoseconds. */
  long timeout(NodeId peer) {
    @Nullable Estimate e = peers.get(peer);
    return e == null ? INITIAL : Math.clamp(e.smoothed + 4 * e.variation, LEAST, MOST);
  }

  /** How long to wait after a try before the next, nanoseconds. */
  long gap(NodeId peer, int tries) {
    long base = timeout(peer);
    return switch (tries) {
      case 1 -> base;
      case 2 -> Math.max(2 * base, SECOND_GAP);
      case 3 -> Math.max(4 * base, THIRD_GAP);
      default -> SLOW_GAP;
    };
  }

  int size() {
    return peers.size();
  }
}
