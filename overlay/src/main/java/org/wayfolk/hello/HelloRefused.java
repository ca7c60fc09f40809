package org.wayfolk.hello;

import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;

/**
 * A connection did not become a link; its LinkDown follows or has come. One a connection, and none
 * for a connection that lost to another link of the same peer. For the one line that a user reads:
 * a stranger can cause it at will, so it is logged at INFO only for links that we dialled.
 *
 * @param link the connection
 * @param why what was counted
 * @param closed what the other end was told, or told us
 * @param byPeer whether the other end closed it
 */
public record HelloRefused(Link link, Tally why, CloseReason closed, boolean byPeer)
    implements Input.Event {}
