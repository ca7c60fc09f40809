package org.wayfolk.delivery;

import org.wayfolk.protocol.Input;

/**
 * Event: a message for the application's handler. The node runs the handler away from the loop and
 * answers with {@link Handled}. Of one sender at most {@link Correspondent#MAX_OUT} are out at a
 * time, made known in the order in which they came; answers may come in any order.
 *
 * @param token names this delivery in the answer
 */
public record Inbound(Message message, long token) implements Input.Event {}
