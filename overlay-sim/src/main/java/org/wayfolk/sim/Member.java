package org.wayfolk.sim;

import org.wayfolk.identity.Identity;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Peer;

/**
 * A node of a {@link SimNetwork} and the machine it runs on.
 *
 * @param number how many members were made before it
 * @param identity its keys
 * @param transport its place in the network
 * @param node the node
 */
public record Member(int number, Identity identity, SimTransport transport, Node node) {
  /** Its machine, to crash or freeze. */
  public SimHost host() {
    return transport.host();
  }

  /** What another needs to join through it. */
  public Peer peer() {
    return new Peer(node.id(), transport.address());
  }

  /** Whether its machine has not crashed. */
  public boolean alive() {
    return !host().crashed();
  }
}
