package org.wayfolk.messenger.conversation;

/**
 * A text that a message had.
 *
 * @param at when it was written, in ms since the epoch by the writer's clock
 */
public record Version(String text, long at) {}
