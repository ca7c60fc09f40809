package org.wayfolk.store;

/**
 * Sealed bytes do not open: they were altered, moved to another row, or sealed under another key.
 * Whoever reads a row decides whether the row is left out or the whole is given up.
 */
public final class Damaged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Damaged(String message) {
    super(message);
  }
}
