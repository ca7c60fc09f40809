package org.wayfolk.daemon.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they need to be. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * A table.
   *
   * @param right for each column, whether it holds figures and is aligned to the right
   */
  public Table(boolean... right) {
    this.right = right.clone();
  }

  /** Adds a row of as many cells as there are columns. */
  public Table row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(cells.length + " cells, " + right.length + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, each behind {@code indent}; no spaces at their ends. */
  public List<String> lines(String indent) {
    int[] width = new int[right.length];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], length(row.get(i)));
      }
    }
    List<String> out = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < width.length; i++) {
        String pad = " ".repeat(width[i] - length(row.get(i)));
        line.append(right[i] ? pad : "").append(row.get(i)).append(right[i] ? "" : pad);
        line.append(i + 1 < width.length ? GAP : "");
      }
      out.add(line.toString().stripTrailing());
    }
    return out;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
