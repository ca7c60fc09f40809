package org.wayfolk.protocol;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;

/** Everything that can happen to a protocol. */
public sealed interface Input {

  /** A frame arrived: {@link Frame}. */
  sealed interface OfFrame extends Input permits Frame {}

  /** A connection's TLS is done; it is no link yet. Only the hello sees this. */
  record Opened(Link link) implements Input {}

  /**
   * A link is proven: the hello of both ends verified, and it is the one link to that peer.
   *
   * <p>May come while an older link to the same peer is still up: the new one replaces it, and the
   * old one's {@code LinkDown} follows.
   *
   * @param record the peer's own signed record, verified
   * @param features bits of the peer's hello
   * @param skewMillis the peer's wall clock minus ours, as its hello said
   */
  record LinkUp(Link link, PeerRecord record, long features, long skewMillis) implements Event {}

  /**
   * An envelope for this node passed every gate, and its signature verified: what follows is really
   * of {@code origin}. Emitted by admission, for the rooms above it and beside it.
   *
   * @param origin who signed it
   * @param originKey its Ed25519 key, 32 bytes
   * @param sentMillis when, in ms since the epoch by the origin's clock; fresh
   * @param kind what it carries ({@link org.wayfolk.wire.PayloadKind})
   * @param body the payload behind its prefix; the receiver's own
   * @param hops links it crossed, at least 1; forwarders could lie
   * @param from the link it came over
   */
  record Verified(
      NodeId origin, byte[] originKey, long sentMillis, int kind, byte[] body, int hops, Link from)
      implements Event {}

  /**
   * A link that was up is gone, or a connection that was opened and never came up. Given to every
   * protocol.
   */
  record LinkDown(Link link, CloseReason why) implements Input {}

  /** A dial that a protocol wished for gave no link. */
  record DialFailed(long token, Address to, DialFailure why) implements Input {}

  /** A worker has finished a job of this protocol; each room has its own kinds. */
  non-sealed interface Worked extends Input {}

  /** The node or a room above asks for something; each room has its own kinds. */
  non-sealed interface Command extends Input {}

  /** A deadline that this protocol set has come; each room has its own kinds. */
  non-sealed interface Timer extends Input {}

  /** What a room below made known ({@link Effects#emit}); each room has its own kinds. */
  non-sealed interface Event extends Input {}

  /** A job threw: our bug. The loop counts and logs it; the protocol forgets what waited for it. */
  record WorkFailed(@Nullable Object about) implements Input {}
}
