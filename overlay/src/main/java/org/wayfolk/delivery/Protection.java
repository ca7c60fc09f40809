package org.wayfolk.delivery;

/** How a message was protected on its way. */
public enum Protection {
  /**
   * Sealed to this node's key inside an envelope that its origin signed; or it never left this
   * node.
   */
  SEALED,
  /** In the older protocol's box, whose signature a forwarder can replace. */
  NODENET_BOX,
  /** Not encrypted. */
  PLAIN
}
