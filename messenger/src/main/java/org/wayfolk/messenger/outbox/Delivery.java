package org.wayfolk.messenger.outbox;

/**
 * The truth about one event on its way to one device. Times are ms since the epoch by our clock, 0
 * where it has not happened.
 *
 * @param device number of the receiver's device
 * @param tries how often it was given to the overlay
 * @param nextTryAt when it is tried again if nothing else happens before
 * @param hops links crossed by what arrived, "about"; 0 if unknown
 * @param roundTripMillis of the try that arrived
 */
public record Delivery(
    int device,
    Stage stage,
    Why why,
    long queuedAt,
    long sentAt,
    long deliveredAt,
    int tries,
    long nextTryAt,
    int hops,
    long roundTripMillis) {}
