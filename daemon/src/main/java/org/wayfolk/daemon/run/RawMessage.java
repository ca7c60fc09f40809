package org.wayfolk.daemon.run;

import org.wayfolk.id.NodeId;

/**
 * A raw overlay message that arrived.
 *
 * @param from who sent it, authenticated
 * @param payload what was sent
 * @param protection how it came: {@code sealed}, {@code nodenet_box} or {@code plain}
 * @param atMillis when it came, ms since the epoch
 */
record RawMessage(NodeId from, byte[] payload, String protection, long atMillis) {}
