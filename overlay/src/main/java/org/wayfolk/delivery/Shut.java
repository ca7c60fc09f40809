package org.wayfolk.delivery;

import org.wayfolk.protocol.Input;

/**
 * Command: the node closes. Every send that waits ends as {@link Reason#CLOSED}, and so does every
 * later one.
 */
public record Shut() implements Input.Command {}
