package org.wayfolk.quic;

import org.wayfolk.transport.Address;

/**
 * Takes the datagrams on the transport's socket that are not QUIC: those whose first byte has
 * neither of its two highest bits, as nodenet's punch packets have (wire format 2.5). Nothing about
 * them is authentic, their source included.
 */
public interface SidePackets {
  /** One datagram. Called on the transport's thread; must not block. The array is the taker's. */
  void received(Address from, byte[] packet);
}
