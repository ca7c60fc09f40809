package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.work.News;

/** Something about a conversation that is no line of it is other than before: draft, choices. */
public record Touched(long conversation) implements News {}
