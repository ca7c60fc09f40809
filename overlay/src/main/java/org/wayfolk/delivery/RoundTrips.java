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

  int size() {
    return peers.size();
  }
}
