package org.wayfolk.sim;

import java.time.Duration;

/**
 * How nodes come into a {@link SimNetwork}.
 *
 * @param pause time between two starts; zero starts all in one instant
 * @param entries how many of the first members all others join through; 0 lets each join through
 *     one member drawn at random
 */
public record Joining(Duration pause, int entries) {
  /** Checks the numbers. */
  public Joining {
    if (pause.isNegative() || entries < 0) {
      throw new IllegalArgumentException("pause " + pause + ", entries " + entries);
    }
  }

  /** One node a second, each through one member drawn at random. */
  public static Joining everySecond() {
    return new Joining(Duration.ofSeconds(1), 0);
  }

  /** One node a second, all through the same first members. */
  public static Joining everySecondThrough(int entries) {
    return new Joining(Duration.ofSeconds(1), entries);
  }

  /** All in one instant, so that all their timers begin together, through the same members. */
  public static Joining allAtOnceThrough(int entries) {
    return new Joining(Duration.ZERO, entries);
  }
}
