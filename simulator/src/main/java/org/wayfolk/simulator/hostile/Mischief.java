package org.wayfolk.simulator.hostile;

import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;

/** What a {@link HostileTransport} does to the frames of the honest node behind it. */
interface Mischief {
  /**
   * A frame came in. True: it has been dealt with, its packet is gone, and the node never sees it.
   */
  default boolean in(HostileTransport at, Link from, Packet frame) {
    return false;
  }

  /**
   * The node wants to send a frame. What leaves in its stead: the same packet, or a new one, for
   * which the given one was released; null, and the given one was released: nothing leaves, and the
   * node believes that it did.
   */
  default @Nullable Packet out(HostileTransport at, Link to, Packet frame) {
    return frame;
  }

  /** Called now and then while the attack goes on. */
  default void step(HostileTransport at) {}

  /** Type of a frame, or -1 if it is none. */
  static int type(Packet p) {
    return p.length() < 3 ? -1 : p.array()[p.offset() + 1] & 0xff;
  }
}
