/**
 * What people do in a conversation, as bytes: the codec of events and the order in which they are
 * shown. Pure values.
 *
 * <p>Threat: an event is written by a friend, and friends can be hostile. Every length is bounded.
 */
@NullMarked
package org.wayfolk.messenger.event;

import org.jspecify.annotations.NullMarked;
