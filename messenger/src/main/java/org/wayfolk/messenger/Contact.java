package org.wayfolk.messenger;

import org.wayfolk.messenger.conversation.Brief;

/**
 * A friend, as a list shows them.
 *
 * @param friend local number, never used again for another
 * @param name unique among friends, without regard to case
 * @param card 64 hex digits that name their root for ever
 * @param verified whether our user has compared the words or the code
 * @param blocked whether what they send is met with silence
 * @param since when they became a friend, ms since the epoch
 * @param devices how many devices they have now
 * @param unread messages not read yet
 * @param choices what our user has chosen for the conversation
 */
public record Contact(
    long friend,
    String name,
    String card,
    boolean verified,
    boolean blocked,
    long since,
    int devices,
    int unread,
    Brief.Choices choices) {}
