package org.wayfolk.routing;

import org.wayfolk.protocol.Input;

/**
 * This node carries for others no more, or again: its record shall say so.
 *
 * @param on whether it carries now
 */
public record CarryChanged(boolean on) implements Input.Event {}
