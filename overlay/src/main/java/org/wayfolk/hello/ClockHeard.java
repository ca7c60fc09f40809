package org.wayfolk.hello;

import org.wayfolk.protocol.Input;
import org.wayfolk.transport.Link;

/**
 * A peer that we dialled said what time it is, and its record was refused as from the future: the
 * connection becomes no link, but whose clock is wrong is still a question for all whom we dial.
 *
 * @param link the connection; TLS has proved whose it is
 * @param skewMillis the peer's wall clock minus ours
 */
public record ClockHeard(Link link, long skewMillis) implements Input.Event {}
