package org.wayfolk.routing;

/** How many copies of a frame leave, and by which first hops. */
public enum Copies {
  /** One copy on the live link to the target; if there is none, as {@link #TWO}. */
  ONE_DIRECT,
  /** One, by the best first hop with lookahead: where it matters which way one copy goes. */
  ONE,
  /** Two: the best first hop by lookahead, and the nearest to the target among the others. */
  TWO,
  /**
   * {@link #TWO}, by first hops not used for this target within a minute where there are such, and
   * a third by a long-lived link in another region of the keyspace.
   */
  THIRD
}
