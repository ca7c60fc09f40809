package org.wayfolk.identity;

import java.time.Duration;

/** Watches proof of work. Called by one mining thread at a time, about every thousand tries. */
@FunctionalInterface
public interface Progress {

  /** Watches nothing. */
  Progress NONE = work -> true;

  /** Returns whether to go on; false cancels. */
  boolean on(Work work);

  /**
   * How far mining is.
   *
   * @param tries seeds tried so far, by all threads
   * @param expected tries that success takes on average: 2<sup>difficulty</sup>. Mining has no
   *     memory: after that many tries without success as many again are to be expected
   */
  record Work(long tries, double expected) {

    /**
     * Tries a second, if so much time has passed since the start. The caller has the clock; this
     * room has none.
     */
    public double perSecond(Duration elapsed) {
      long nanos = elapsed.toNanos();
      return nanos <= 0 ? 0 : tries * 1e9 / nanos;
    }

    /** The chance that so many tries had succeeded by now: 0 to 1, an honest progress bar. */
    public double chance() {
      return -Math.expm1(-tries / expected);
    }
  }
}
