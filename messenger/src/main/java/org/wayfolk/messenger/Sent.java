package org.wayfolk.messenger;

import java.util.List;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.outbox.Delivery;

/**
 * The whole truth about a message of ours.
 *
 * @param deliveries one for each device that it goes to; empty for notes to self
 * @param readAt when the friend's reader let us know, ms since the epoch; 0 if not
 */
public record Sent(EventId message, State state, List<Delivery> deliveries, long readAt) {}
