package org.wayfolk.hello;

import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Input;
import org.wayfolk.transport.Link;

/**
 * A linked peer issued a later record.
 *
 * @param link its link
 * @param record verified
 */
public record RecordChanged(Link link, PeerRecord record) implements Input.Event {}
