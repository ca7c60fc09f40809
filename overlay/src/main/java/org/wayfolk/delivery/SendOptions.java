package org.wayfolk.delivery;

import java.time.Duration;

/**
 * How patient a send is, and whose it is.
 *
 * @param deadline when it gives up, counted from the send; 1 ms to {@link #MAX_DEADLINE}
 * @param waitForRoute whether a node without a link that takes the message waits for one until the
 *     deadline, instead of answering {@link Reason#NO_ROUTE} at once
 * @param ordered whether this message leaves only after all earlier ordered ones to the same peer
 *     have their outcome; the deadline runs while it waits
 * @param application whose message it is at the receiver ({@link Applications}); 0 to 255
 */
public record SendOptions(
    Duration deadline, boolean waitForRoute, boolean ordered, int application) {
  /** Longer waiting is the business of mail, not of a send: what waits here is lost at exit. */
  public static final Duration MAX_DEADLINE = Duration.ofMinutes(10);

  /** Ten seconds, no waiting for a first link, no order, raw. */
  public static final SendOptions DEFAULT =
      new SendOptions(Duration.ofSeconds(10), false, false, Applications.RAW);

  /**
   * Checks the deadline and the application's number.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SendOptions {
    if (deadline.toMillis() < 1 || deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException("a deadline of " + deadline);
    }
    if (application < 0 || application > Applications.MAX) {
      throw new IllegalArgumentException("an application number of " + application);
    }
  }

  /** The same with another deadline. */
  public SendOptions within(Duration newDeadline) {
    return new SendOptions(newDeadline, waitForRoute, ordered, application);
  }

  /** The same, waiting for a route. */
  public SendOptions waiting() {
    return new SendOptions(deadline, true, ordered, application);
  }

  /** The same, in order. */
  public SendOptions inOrder() {
    return new SendOptions(deadline, waitForRoute, true, application);
  }

  /** The same, for another application ({@link Applications}) at the receiver. */
  public SendOptions application(int newApplication) {
    return new SendOptions(deadline, waitForRoute, ordered, newApplication);
  }
}
