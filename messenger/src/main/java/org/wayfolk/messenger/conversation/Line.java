package org.wayfolk.messenger.conversation;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;

/**
 * A line with what stands around it on a page.
 *
 * @param reply what it answers, if that is here; null if it answers nothing
 * @param key under which it was sent from here, as hex, for as long as that is kept; else null
 */
public record Line(Shown shown, @Nullable Quote reply, @Nullable String key) {
  /**
   * A line as another one quotes it.
   *
   * @param from the friend, 0 for us
   * @param text its first {@link #MAX_QUOTED} characters; empty if deleted
   */
  public record Quote(EventId message, long from, String text, boolean deleted) {}

  /** Characters of a text that is quoted, or shown in a list: two lines on a wide screen. */
  public static final int MAX_QUOTED = 160;

  /** The beginning of a text, never ending within a character. */
  public static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX_QUOTED
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_QUOTED));
  }
}
