package org.wayfolk.node;

import java.util.List;
import org.wayfolk.peer.Peer;
import org.wayfolk.transport.Address;

/**
 * What somebody needs who is to reach this node for the first time, and is given it in person: it
 * may say more than our record, which strangers read. Nothing in it is signed or promised to last.
 *
 * @param own where this node itself may be dialled, at most {@link #MAX_OWN}, most likely first;
 *     those of this machine's interfaces where it listens on all of them; loopback only on networks
 *     that dial it. Behind a router these may be inside addresses only. Empty if the node takes no
 *     links
 * @param entries nodes to join through, with addresses, at most {@link #MAX_ENTRIES}; those we are
 *     linked to first
 */
public record Introduction(List<Address> own, List<Peer> entries) {
  /** IPv4 and IPv6 of a machine in two networks, inside and outside; some fit on a QR code. */
  public static final int MAX_OWN = 6;

  /** Enough that one of them is up. */
  public static final int MAX_ENTRIES = 3;
}
