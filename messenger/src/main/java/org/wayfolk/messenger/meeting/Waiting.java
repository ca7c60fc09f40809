package org.wayfolk.messenger.meeting;

import org.jspecify.annotations.Nullable;

/**
 * An invitation of ours that nobody has used yet.
 *
 * @param id local number, for taking it back
 * @param link text to be sent; with the addresses at which we are reached now
 * @param expires ms since the epoch
 * @param code its five words, if they are alive; else null
 * @param codeExpires ms since the epoch
 * @param codeTries how often the code may still be tried
 * @param as what we want to call who comes; null for what they call themselves
 */
public record Waiting(
    long id,
    String link,
    long expires,
    @Nullable String code,
    long codeExpires,
    int codeTries,
    @Nullable String as) {}
