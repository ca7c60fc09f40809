package org.wayfolk.simulator.report;

import java.util.Locale;

/** Markup that is written piece by piece; whatever is not a tag of ours is escaped. */
final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** Tags of ours; every {@code %s} is escaped and every number is told with a point. */
  Markup tag(String format, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = values[i] instanceof Number ? values[i] : escaped(String.valueOf(values[i]));
    }
    out.append(String.format(Locale.ROOT, format, safe)).append('\n');
    return this;
  }

  /** What was made by another one. */
  Markup add(Markup other) {
    out.append(other.out);
    return this;
  }

  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
