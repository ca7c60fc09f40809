package org.wayfolk.node;

import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.transport.Address;

/**
 * One link as it stands now.
 *
 * @param id the peer
 * @param address where its packets come from
 * @param level length of the common prefix with our id beyond the network's difficulty
 * @param half which half of the level, 0 or 1: its stratum
 * @param sibling whether it is among the nearest, which are never given up
 * @param dialled whether we dialled
 * @param cost what it costs the peer's user to be asked
 * @param carries whether the peer carries for others
 * @param roundTripMillis smoothed round trip, 0 while unknown
 * @param ageMillis how long it has been up
 * @param queuedBytes what waits to be sent to it
 */
public record LinkInfo(
    NodeId id,
    Address address,
    int level,
    int half,
    boolean sibling,
    boolean dialled,
    Cost cost,
    boolean carries,
    double roundTripMillis,
    long ageMillis,
    int queuedBytes) {}
