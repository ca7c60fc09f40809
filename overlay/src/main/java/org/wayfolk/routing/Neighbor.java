package org.wayfolk.routing;

import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Link;

/**
 * A live link as the table sees it, at the time of asking.
 *
 * @param id who
 * @param link the link
 * @param level bits its id shares with ours, less the network's difficulty
 * @param sibling whether it is one of the 16 nearest
 * @param ageNanos how long the link is up
 * @param roundTripNanos smoothed round trip, 0 while unknown
 */
public record Neighbor(
    NodeId id, Link link, int level, boolean sibling, long ageNanos, long roundTripNanos) {}
