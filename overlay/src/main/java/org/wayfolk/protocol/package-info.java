/**
 * The shape of every protocol: input in, effects out.
 *
 * <p>A protocol is a state machine and the node's loop is its only hand. It is called by the loop
 * alone, never blocks, never touches a socket, a clock or a thread; what it wants done it asks of
 * {@link org.wayfolk.protocol.Effects}. So each is tested by feeding inputs and reading effects,
 * and a whole network runs in one thread under a virtual clock.
 */
@NullMarked
package org.wayfolk.protocol;

import org.jspecify.annotations.NullMarked;
