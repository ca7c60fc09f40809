package org.wayfolk.node;

import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.DialFailure;

/**
 * Something that happened to a node which its user may want to read. Rare by nature: no peer sets
 * its rate.
 */
public sealed interface Notice {
  /** There was no link, and now there is one. */
  record Connected() implements Notice {}

  /** The last link is gone; the node goes on trying by itself. */
  record Isolated() implements Notice {}

  /** A node given by {@code join} could not be reached; the node goes on trying. */
  record JoinFailed(Address address, DialFailure why) implements Notice {}

  /**
   * A connection that we dialled did not become a link.
   *
   * @param why the counter that counted it, such as {@code hello_wrong_network}
   */
  record LinkRefused(NodeId peer, Address address, String why) implements Notice {}
}
