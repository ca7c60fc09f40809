package org.wayfolk.daemon.terminal;

/**
 * Text of others made safe to print: escape sequences and direction marks in a message must not
 * move the cursor, recolour the screen or disguise a name.
 */
public final class Clean {
  private Clean() {}

  /** One line: control and format characters become a space or a visible sign. */
  public static String line(String text) {
    return clean(text, false);
  }

  /** Several lines: as {@link #line}, but line feeds and tabs stay. */
  public static String lines(String text) {
    return clean(text, true);
  }

  /**
   * One word of a command that its reader may copy into a shell: what is in a name must not run.
   */
  public static String argument(String text) {
    String clean = line(text);
    return clean.matches("[\\w.:-]+") ? clean : "'" + clean.replace("'", "'\\''") + "'";
  }

  private static String clean(String text, boolean breaks) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(shown(c, breaks)));
    return out.toString();
  }

  private static int shown(int c, boolean breaks) {
    if (c == '\n' || c == '\t') {
      return breaks ? c : ' ';
    }
    if (c == '\r') {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> 0xfffd;
      case Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED -> 0xfffd;
      // Joiners make emoji and some scripts; all other format characters only disguise.
      case Character.FORMAT -> c == 0x200c || c == 0x200d ? c : 0xfffd;
      default -> c;
    };
  }
}
