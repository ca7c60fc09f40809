package org.wayfolk.messenger.event;

/**
 * Who wrote an event, and on which of their devices.
 *
 * @param card the person's
 * @param device number of the device in the person's list, as an unsigned 32-bit number
 */
public record Author(Hash32 card, int device) {}
