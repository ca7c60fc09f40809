package org.wayfolk.routing;

/**
 * How often to look for what nobody told. While links come and go: at the base rate. After each
 * look at an unchanged table half as often, for what is told by events has been enough.
 */
final class Pace {
  /** Longest: eight times the base, under three hours for our own neighbourhood. */
  static final int MOST = 8;

  private int factor = 1;
  private boolean moved;

  /** A link came or went. */
  void moved() {
    moved = true;
    factor = 1;
  }

  /** A look is over: by what the base interval is multiplied until the next. */
  int next() {
    factor = moved ? 1 : Math.min(MOST, 2 * factor);
    moved = false;
    return factor;
  }

  /** The same without a look. */
  int now() {
    return factor;
  }
}
