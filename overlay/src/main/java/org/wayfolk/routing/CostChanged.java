package org.wayfolk.routing;

import org.wayfolk.peer.Cost;
import org.wayfolk.protocol.Input;

/**
 * This node is in another cost class now: its record shall say so.
 *
 * @param cost the class
 */
public record CostChanged(Cost cost) implements Input.Event {}
