package org.wayfolk.routing;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Input;

/**
 * A trace ask for somebody else, whose ttl ended here. Nothing about it is verified.
 *
 * @param from the neighbour it came from
 * @param envelope the envelope, copied out of its packet; it decodes
 * @param next the neighbour that it would have gone to; null if there is none
 * @param nextNanos round trip of the link to it, 0 while unknown
 */
public record Expired(NodeId from, byte[] envelope, @Nullable NodeId next, long nextNanos)
    implements Input.Event {}
