package org.wayfolk.messenger.meeting;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;

/**
 * What a meeting needs of the node and of the engine. Filled by the messenger's face. Called on the
 * engine's thread; nothing here blocks.
 */
public interface Ways {
  /** This node. */
  NodeId self();

  /** The network that this node is in. */
  Network network();

  /** Where somebody who is told in person can dial this node, and whom to join through. */
  Invitation.Peers introduction();

  /** Dials these, so that the node is in the network and the inviter is known. */
  void join(List<Peer> peers);

  /** The nodes nearest to an id, as far as a lookup finds them; may be empty, may fail. */
  CompletableFuture<? extends Collection<NodeId>> nearest(NodeId target);

  /** Sends a payload; whether it arrives is not told: the guest repeats until it is answered. */
  void send(NodeId to, byte[] payload);

  /**
   * The nodes of which news is wanted: all of them each time. At a sign of life of one call {@link
   * Meetings#seen}.
   */
  void watch(Set<NodeId> inviters);

  /** Computes something heavy on a worker thread. */
  void work(Runnable heavy);

  /** Runs a job in a turn of the engine. Any thread. */
  void turn(Consumer<Turn> job);
}
