package org.wayfolk.routing;

import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.transport.Link;

/**
 * A live link as the table sees it, at the time of asking.
 *
 * @param id who
 * @param link the link
 * @param place where it stands in the table
 * @param cost what it costs the peer's user to be asked
 * @param carries whether the peer carries for others
 * @param ageNanos how long the link is up
 */
public record Neighbor(
    NodeId id, Link link, Place place, Cost cost, boolean carries, long ageNanos) {

  /**
   * A place in the table.
   *
   * @param level bits its id shares with ours, less the network's difficulty
   * @param half which half of the level's sub-tree, 0 or 1: its stratum
   * @param sibling whether it is one of the 16 nearest
   */
  public record Place(int level, int half, boolean sibling) {}

  /** Bits its id shares with ours, less the network's difficulty. */
  public int level() {
    return place.level();
  }

  /** Whether it is one of the 16 nearest. */
  public boolean sibling() {
    return place.sibling();
  }

  /** Smoothed round trip, 0 while unknown. */
  public long roundTripNanos() {
    return link.roundTripNanos();
  }
}
