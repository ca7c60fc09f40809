package org.wayfolk.messenger.event;

/**
 * When an event was written, by three clocks.
 *
 * @param sequence its place among the events of its writer's device in this conversation, from 1
 *     without gaps; 0 for what is not for everyone there or need not be sent again
 * @param lamport its logical time: greater than that of all that its writer had seen; see {@link
 *     Lamport}
 * @param sent the writer's wall clock, ms since the epoch
 */
public record Stamp(long sequence, long lamport, long sent) {}
