package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.News;

/**
 * A line of a conversation is new or other than before: read it again.
 *
 * @param isNew whether it was not there before
 */
public record Changed(long conversation, EventId message, boolean isNew, boolean mine)
    implements News {}
