package org.wayfolk.rendezvous;

import java.util.LinkedHashMap;
import org.wayfolk.id.NodeId;

/** Who was answered within a minute. Bounded: the one answered longest ago is forgotten first. */
final class Lately {
  /** As long as routing remembers by which links it has tried to reach somebody. */
  private static final long LIFE_NANOS = 60_000_000_000L;

  private final int most;
  private final LinkedHashMap<NodeId, Long> at = new LinkedHashMap<>();

  /**
   * @param most peers remembered, about 100 bytes each
   */
  Lately(int most) {
    this.most = most;
  }

  /** Notes that a peer is answered now; whether it was within a minute before. */
  boolean again(NodeId peer, long now) {
    Long before = at.remove(peer);
    at.put(peer, now);
    if (at.size() > most) {
      at.pollFirstEntry();
    }
    return before != null && now - before <= LIFE_NANOS;
  }
}
