package org.wayfolk.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Link;

/** The routing protocol of one node. Owned by the node's loop, as is everything it answers. */
@SuppressWarnings("DoNotCallSuggester")
public final class Routing implements Protocol {

  /**
   * Command: become part of the network through these.
   *
   * @param entries where to begin, kept for ever: a node that lost everybody comes back through
   *     them
   */
  public record Join(List<Entry> entries) implements Input.Command {}

  /** A place to begin: an address, and who should be there if that is known. */
  public record Entry(@Nullable NodeId id, Address address) {}

  /** Command: find the records nearest to an id. {@link LookupDone} follows. */
  public record Lookup(NodeId target) implements Input.Command {}

  /** Command: tell all neighbours that we go, and close their links. */
  public record Leave() implements Input.Command {}

  /**
   * Event: a {@link Lookup} has ended; verified records, nearest first, at most 20; empty if nobody
   * answered.
   */
  public record LookupDone(NodeId target, List<PeerRecord> nearest) implements Input.Event {}

  /** Event: the last link is gone. */
  public record Isolated() implements Input.Event {}

  /** Event: the first link is up. */
  public record Connected() implements Input.Event {}

  @Override
  public void on(Input in, Effects out) {
    throw new UnsupportedOperationException("lands next");
  }

  /**
   * Sends copies of a complete signed frame toward its target. Decides the first hops, offers the
   * copies to their links and remembers them, so that one that comes back goes on by another way.
   *
   * @param frame as {@link Envelope#sign} made it: avoids nobody, ttl {@link Envelope#MAX_TTL}; not
   *     kept
   * @param target whom it is for; must not be this node
   * @return how many copies a link took: 0 means no route
   */
  public int originate(byte[] frame, NodeId target, Copies plan, Effects out) {
    throw new UnsupportedOperationException("lands next");
  }

  /** Whether there is a live link to that node itself. */
  public boolean direct(NodeId id) {
    return linkTo(id) != null;
  }

  /** The live link to that node, or null. */
  public @Nullable Link linkTo(NodeId id) {
    throw new UnsupportedOperationException("lands next");
  }

  /** Notes that a receipt proved this neighbour useful: it is kept longer when room is needed. */
  public void proven(NodeId neighbor) {
    throw new UnsupportedOperationException("lands next");
  }

  /** All live links, nearest first. A copy. */
  public List<Neighbor> neighbors(Effects now) {
    throw new UnsupportedOperationException("lands next");
  }
}
