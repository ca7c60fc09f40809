package org.wayfolk.messenger.event;

/**
 * Which list of devices its writer goes by: friends learn of a newer one, or of two lists under one
 * number, from any event.
 *
 * @param sequence the list's
 * @param hash of the whole list
 */
public record ListMark(long sequence, Hash32 hash) {}
