package org.wayfolk.routing;

/**
 * What a node carries for others, at the time of asking. Counted are the bytes of routed frames
 * that it passed on; not what is its own, and not finds, which have budgets of their own.
 *
 * @param perDay most bytes a day; 0: nothing; {@link #NO_LIMIT}
 * @param today bytes carried today
 * @param dayBegan when this day began, ms since the epoch
 * @param on whether it carries now; false when {@code perDay} is 0 or used up
 */
public record Carried(long perDay, long today, long dayBegan, boolean on) {
  /** A {@code perDay} that is never used up. */
  public static final long NO_LIMIT = Long.MAX_VALUE;
}
