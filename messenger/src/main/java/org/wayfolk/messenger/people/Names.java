package org.wayfolk.messenger.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.wayfolk.messenger.person.Card;

/**
 * What people may be called here: nothing that a terminal obeys, that turns text around, or that
 * cannot be seen. Names are the user's own for others; a peer's wish passes here too.
 */
final class Names {

  /** A line of a list of contacts; longer names are cut. */
  static final int MAX_CODE_POINTS = 64;

  // "me" is the author of one's own messages in the output of scripts, "notes" the conversation
  // with oneself.
  private static final Set<String> RESERVED = Set.of("me", "notes");

  // Emoji and Persian need these two; in comparisons they do not count.
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Names() {}

  /**
   * A name without what does not belong into one, at most 64 code points; empty if none is left.
   */
  static String clean(String wish) {
    // Normalising may triple a text, and a peer may have made the wish: cut first, and again.
    String text = Normalizer.normalize(cut(wish, 4 * MAX_CODE_POINTS), Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder();
    boolean visible = false;
    for (int c : text.codePoints().toArray()) {
      boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
      if (space && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      } else if (!space && belongs(c)) {
        visible |= c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER && !isSelector(c);
        out.appendCodePoint(c);
      }
    }
    return visible ? cut(out.toString(), MAX_CODE_POINTS).strip() : "";
  }

  /** Choose how the letter before them looks, which emoji need; alone they show nothing. */
  private static boolean isSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }

  /** Letters, marks and signs that show nothing: with them two names look the same. */
  private static boolean isBlank(int c) {
    return switch (c) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0, 0x1d159 -> true;
      default -> c >= 0x180b && c <= 0x180f;
    };
  }

  private static boolean belongs(int c) {
    if (isBlank(c)) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  // Small Cyrillic and Greek letters, or their capitals, that look like the Latin ones below them.
  private static final String ALIKE = "авеһіјкмнорԛсѕтуԝхԁαβεηικμνορτυχγ";
  private static final String LATIN = "abehijkmhopqcstywxdabehikmnoptyxy";

  /**
   * What two names that are the same to a reader have in common. Letters of other scripts that look
   * like Latin ones count as those: it is a key, which nobody sees. (Capital i and small L stay
   * apart: what somebody types is looked up by this too.)
   */
  static String fold(String name) {
    String text = Normalizer.normalize(clean(name), Normalizer.Form.NFKC);
    // Up and down: some letters have two small forms of one capital.
    String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    StringBuilder key = new StringBuilder(folded.length());
    folded
        .codePoints()
        .filter(c -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER && !isSelector(c))
        .map(c -> ALIKE.indexOf(c) < 0 ? c : LATIN.charAt(ALIKE.indexOf(c)))
        .forEach(key::appendCodePoint);
    return key.toString();
  }

  /**
   * The wish, cleaned, or {@code friend-} and 6 digits of the card; with a number if it is taken.
   */
  static String unique(String wish, Card card, Predicate<String> taken) {
    String cleaned = clean(wish);
    String base = cleaned.isEmpty() ? "friend-" + card.shortHex() : cleaned;
    String name = base;
    for (int i = 2; RESERVED.contains(fold(name)) || taken.test(fold(name)); i++) {
      String number = " " + i;
      name = cut(base, MAX_CODE_POINTS - number.length()).strip() + number;
    }
    return name;
  }
}
