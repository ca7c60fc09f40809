package org.wayfolk.messenger.meeting;

/**
 * An invitation that was made.
 *
 * @param id local number, for taking it back
 * @param link text to be sent over a channel that both trust; the same goes into a QR
 * @param expires ms since the epoch
 * @param code five words to be spoken; for an acceptor that is in the network already
 * @param codeExpires ms since the epoch
 */
public record Invited(long id, String link, long expires, String code, long codeExpires) {}
