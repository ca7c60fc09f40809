package org.wayfolk.routing;

import org.wayfolk.protocol.Input;
import org.wayfolk.transport.Link;

/**
 * A routed frame for this node. Nothing about it is verified.
 *
 * @param from the link it came on, which is charged for it
 * @param type frame type, which the signature covers
 * @param envelope the envelope, copied out of its packet; it decodes
 * @param ttl what was left of its ttl: links crossed = {@link Envelope#MAX_TTL} - ttl + 1
 */
public record Arrived(Link from, int type, byte[] envelope, int ttl) implements Input.Event {
  /** Links this copy crossed, failed tries included; about, because forwarders may lie. */
  public int hops() {
    return Math.max(1, Envelope.MAX_TTL - ttl + 1);
  }
}
