package org.wayfolk.simulator.nearest;

/**
 * What a twin run does: joins, time to settle, messages.
 *
 * @param nodes how many
 * @param joinRate joins a second; gaps are 0.5 to 1.5 times the mean
 * @param fixedEntries through how many of the first members all join, or 0: random ones
 * @param randomEntries how many random members a newcomer knows, where entries are not fixed
 * @param settleMinutes after the last join
 * @param kill the share that vanishes at one instant after the messages; then there are two more
 *     batches of as many, at once and 75 s later
 * @param pairs messages
 * @param seed all chance follows from it
 */
public record NearestPlan(
    int nodes,
    double joinRate,
    int fixedEntries,
    int randomEntries,
    int settleMinutes,
    double kill,
    int pairs,
    long seed) {
  /**
   * Minutes after which its links hardly change any more: what is delivered a minute after the last
   * join, when ours is measured, is less.
   */
  public static final int SETTLE_MINUTES = 30;

  /** Checks the numbers. */
  public NearestPlan {
    boolean entries = fixedEntries >= 0 && (fixedEntries > 0 || randomEntries > 0);
    if (nodes < 2 || !(joinRate > 0) || !entries || settleMinutes < 0 || pairs < 1) {
      throw new IllegalArgumentException("nodes: 2 or more; join-rate: above 0; pairs: 1 or more");
    }
    if (!(kill >= 0 && kill < 1)) {
      throw new IllegalArgumentException("kill: a share below 1");
    }
  }
}
