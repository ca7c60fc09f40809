/**
 * The eight attacks that the overlay is held against: what hostile nodes do, not how it is judged.
 * Some are real nodes on a transport that lies ({@link
 * org.wayfolk.simulator.hostile.HostileTransport}), some are raw peers with a real identity, a real
 * hello and nothing behind it ({@link org.wayfolk.simulator.hostile.RawPeer}). They know all ids of
 * the network and work together, which is more than most attackers can. Nothing here is of use
 * outside a simulated world: all of it speaks through {@link org.wayfolk.sim.SimTransport}.
 */
@NullMarked
package org.wayfolk.simulator.hostile;

import org.jspecify.annotations.NullMarked;
