package org.wayfolk.messenger.event;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Names that people give themselves, made fit to stand in a line of others: a name must not be able
 * to turn the writing direction, break the line, hide itself or pretend to be two.
 */
public final class CleanName {
  /** Longest name, in characters (code points). */
  public static final int MAX = 40;

  /** Longest name on the wire, in bytes. */
  static final int MAX_WIRE = 256;

  private CleanName() {}

  /**
   * The name without control, format (bidirectional marks among them), private, unassigned and
   * surrogate characters, with single spaces, composed (NFC), cut after {@value #MAX} characters.
   * May be empty.
   */
  public static String of(String name) {
    StringBuilder clean = new StringBuilder();
    int count = 0;
    boolean gap = false;
    for (int point : Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray()) {
      if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
        gap = count > 0;
        continue;
      }
      if (!shown(point)) {
        continue;
      }
      int needed = gap ? 2 : 1;
      if (count + needed > MAX) {
        break;
      }
      if (gap) {
        clean.append(' ');
        gap = false;
      }
      clean.appendCodePoint(point);
      count += needed;
    }
    return fitting(clean.toString());
  }

  private static boolean shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String fitting(String name) {
    String fit = name;
    while (fit.getBytes(StandardCharsets.UTF_8).length > MAX_WIRE) {
      fit = fit.substring(0, fit.offsetByCodePoints(fit.length(), -1));
    }
    return fit;
  }
}
