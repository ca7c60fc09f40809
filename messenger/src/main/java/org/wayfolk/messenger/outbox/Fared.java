package org.wayfolk.messenger.outbox;

/**
 * How it fares with a device of a friend. Times are ms since the epoch, 0 where it has not
 * happened.
 *
 * @param failures tries in a row that did not get through since the start
 * @param failedAt when the last of those failed
 * @param seenAt when the device was seen last, while it failed
 * @param arrivedAt when something last arrived there
 * @param hops links that it crossed, "about"; 0 if unknown
 * @param roundTripMillis of the try that arrived
 */
public record Fared(
    long friend,
    int device,
    int failures,
    long failedAt,
    long seenAt,
    long arrivedAt,
    int hops,
    long roundTripMillis) {}
