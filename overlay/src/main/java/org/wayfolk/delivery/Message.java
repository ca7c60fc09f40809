package org.wayfolk.delivery;

import org.wayfolk.id.NodeId;

/**
 * A message for the application.
 *
 * @param from its originator, authenticated
 * @param application whose it is ({@link Applications}), as its sender says; 0 to 255
 * @param payload what was sent, at most {@link Send#MAX_PAYLOAD} bytes; the application's to keep
 * @param protection how it came
 * @param id what names it through all repeats
 * @param sentMillis when it was sent, in ms since the epoch by the sender's clock
 * @param hops links it crossed, 0 from oneself; forwarders could lie
 */
public record Message(
    NodeId from,
    int application,
    byte[] payload,
    Protection protection,
    MessageId id,
    long sentMillis,
    int hops) {}
