package org.wayfolk.hello;

import java.util.List;
import org.wayfolk.protocol.Input;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;

/**
 * Frames of a link that came while its proof was being checked, in order; follows its LinkUp. The
 * packets are the receiver's: it handles each as if it had just arrived, and releases it.
 *
 * @param link the link, proven now
 * @param packets at least one
 */
public record Held(Link link, List<Packet> packets) implements Input.Event {}
