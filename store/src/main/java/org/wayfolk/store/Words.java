package org.wayfolk.store;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text into words to search by: NFKC, lower case, accents and vowel points stripped; a word is a
 * run of letters, digits and marks. Scripts written without spaces come as runs of their own, to be
 * cut into pairs.
 */
final class Words {

  /** One run: {@code pairs} if it has no spaces inside by its script. */
  record Word(int[] points, boolean pairs) {

    String text(int from, int to) {
      return new String(points, from, to - from);
    }

    String text() {
      return text(0, points.length);
    }
  }

  private Words() {}

  static List<Word> of(String text) {
    int[] points = plain(text).codePoints().toArray();
    List<Word> words = new ArrayList<>();
    int start = 0;
    boolean pairs = false;
    for (int i = 0; i <= points.length; i++) {
      boolean inside = i < points.length && inWord(points[i]);
      boolean paired = inside && (isMark(points[i]) ? pairs : spaceless(points[i]));
      if (i > start && (!inside || paired != pairs)) {
        words.add(new Word(java.util.Arrays.copyOfRange(points, start, i), pairs));
        start = i;
      }
      if (!inside) {
        start = i + 1;
      }
      pairs = paired;
    }
    return words;
  }

  private static String plain(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(apart.length());
    apart.codePoints().filter(c -> !isAccent(c)).forEach(kept::appendCodePoint);
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  /**
   * Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic; not vowels of Indic scripts.
   */
  private static boolean isAccent(int c) {
    return (c >= 0x300 && c <= 0x36F)
        || (c >= 0x591 && c <= 0x5C7 && isMark(c))
        || (c >= 0x64B && c <= 0x65F)
        || c == 0x670;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean inWord(int c) {
    return Character.isLetterOrDigit(c) || isMark(c);
  }

  private static boolean spaceless(int c) {
    if (c < 0xE00) {
      return false;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> c == 'ー';
    };
  }
}
