/**
 * The public face of the library: wires the rooms, runs the loop, and decides nothing.
 *
 * <p>One loop a node owns all protocol state. Transports, workers and applications reach it only
 * through the bounded {@code Inbox}; it reaches applications only through callbacks on threads of
 * their own. Law: the loop never waits, and a bug on it costs one input and one link, never the
 * node.
 */
@NullMarked
package org.wayfolk.node;

import org.jspecify.annotations.NullMarked;
