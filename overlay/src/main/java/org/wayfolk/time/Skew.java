package org.wayfolk.time;

/**
 * How far this machine's wall clock is from those of the nodes that it dialled.
 *
 * @param millis theirs less ours: positive if ours is behind; 0 without a vote
 * @param votes how many subnets were heard; below {@link NetworkTime#MIN_VOTES} nothing is
 *     corrected
 * @param correctionMillis what is added to our clock for the times of messages, at most {@link
 *     NetworkTime#MAX_CORRECTION_MILLIS} either way
 */
public record Skew(long millis, int votes, long correctionMillis) {
  /** Nothing heard. */
  public static final Skew UNKNOWN = new Skew(0, 0, 0);

  /** Whether the clock is so far off that correcting it for messages is not enough. */
  public boolean alarming() {
    return Math.abs(millis) > NetworkTime.MAX_CORRECTION_MILLIS;
  }
}
