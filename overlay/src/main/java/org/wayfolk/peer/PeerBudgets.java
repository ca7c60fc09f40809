package org.wayfolk.peer;

import java.util.LinkedHashMap;
import org.wayfolk.id.NodeId;
import org.wayfolk.time.TokenBucket;

/**
 * One equal budget for each of many peers. Bounded: the least recently charged is forgotten first,
 * and after an idle time of burst / rate its bucket is full anyway. Owned by one thread.
 */
public final class PeerBudgets {
  private final int maxPeers;
  private final long burst;
  private final long perSecond;
  private final LinkedHashMap<NodeId, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param maxPeers peers remembered, about 150 bytes each
   * @param burst most tokens of one peer
   * @param perSecond tokens that one peer gains a second
   */
  public PeerBudgets(int maxPeers, long burst, long perSecond) {
    this.maxPeers = maxPeers;
    this.burst = burst;
    this.perSecond = perSecond;
  }

  /** Whether a peer could pay for one now. Writes nothing down. */
  public boolean has(NodeId peer, long nowNanos) {
    TokenBucket b = buckets.get(peer);
    return b == null || b.has(1, nowNanos);
  }

  /** Pays for one; false if the peer has none left. */
  public boolean take(NodeId peer, long nowNanos) {
    TokenBucket b = buckets.get(peer);
    if (b == null) {
      if (buckets.size() >= maxPeers) {
        buckets.pollFirstEntry();
      }
      b = new TokenBucket(burst, perSecond, nowNanos);
      buckets.put(peer, b);
    }
    return b.take(1, nowNanos);
  }

  /** Peers remembered. */
  public int size() {
    return buckets.size();
  }
}
