package org.wayfolk.trace;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;

/**
 * One line of a trace.
 *
 * @param hop 1 for the neighbour that the way begins with; about, since forwarders may lie
 * @param id who answered; null if nobody did: it declines, has answered somebody else within the
 *     second, is linked to us or to the one before as a friend, or what we asked was lost
 * @param roundTripNanos until its answer; 0 without one
 * @param next whom it would have passed the message to; null if it is the target, has nobody, or
 *     does not say
 * @param nextHidden whether it does not say, for that is a friend of its user
 * @param nextNanos round trip of that link, 0 while unknown
 * @param target whether this is the node that was asked for
 */
public record TraceHop(
    int hop,
    @Nullable NodeId id,
    long roundTripNanos,
    @Nullable NodeId next,
    boolean nextHidden,
    long nextNanos,
    boolean target) {

  static TraceHop silent(int hop) {
    return new TraceHop(hop, null, 0, null, false, 0, false);
  }
}
