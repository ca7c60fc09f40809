package org.wayfolk.messenger.event;

/**
 * Logical time of a conversation (Lamport, 1978): what is written comes after all that its writer
 * has seen. All methods are pure.
 *
 * <p>Threat: a friend may claim any time. One event moves our clock by at most {@link #MAX_JUMP},
 * and is shown at the place that this leaves it; so its writer cannot stay below everything that is
 * written later, and would need a thousand million events to bring the clock to its end. Honest
 * writers are never so far ahead of anyone: it would take that many events that he has not seen.
 */
public final class Lamport {
  /**
   * The latest time. A clock that stands there stays there; the order goes on by the other keys.
   */
  public static final long MAX = 1L << 62;

  /** Furthest that one event moves a clock. */
  public static final long MAX_JUMP = 1L << 32;

  private Lamport() {}

  /** The time of what is written now by one who has seen everything up to {@code seen}. */
  public static long next(long seen) {
    return Math.min(seen + 1, MAX);
  }

  /** The time that an event counts for, with one who has seen everything up to {@code seen}. */
  public static long counted(long seen, long claimed) {
    return Math.min(claimed, Math.min(seen + MAX_JUMP, MAX));
  }
}
