package org.wayfolk.admission;

import org.wayfolk.time.TokenBucket;
import org.wayfolk.wire.FrameType;

/**
 * What one link may bring in. Transit over budget is only dropped: the neighbour that passes on a
 * flood is not its author. Link-local frames are the neighbour's own doing: over budget they are
 * dropped, and who keeps on is closed.
 */
final class LinkBudget {
  /** Small messages at full rate: a worker verifies about ten times as many a second. */
  private static final long TRANSIT_FRAMES = 4_096;

  /** As fast as a good home uplink, so that one neighbour cannot fill our own. */
  private static final long TRANSIT_BYTES = 16 << 20;

  /** A neighbour that looks things up through us for many others; each find costs a table walk. */
  private static final long CONTROL_FRAMES = 1_024;

  /** Answers of 16 KiB to a quarter of those finds. */
  private static final long CONTROL_BYTES = 4 << 20;

  /** Bursts in seconds of the rate: a join asks everything at once and is then quiet. */
  private static final long TRANSIT_BURST = 2;

  private static final long CONTROL_BURST = 4;

  /**
   * Refused link-local frames before the link is closed, and how many of them a second are
   * forgiven.
   */
  private static final long PATIENCE = 1_024;

  private static final long FORGIVEN = 16;

  private final TokenBucket transitFrames;
  private final TokenBucket transitBytes;
  private final TokenBucket controlFrames;
  private final TokenBucket controlBytes;
  private final TokenBucket patience;

  LinkBudget(long now) {
    transitFrames = new TokenBucket(TRANSIT_BURST * TRANSIT_FRAMES, TRANSIT_FRAMES, now);
    transitBytes = new TokenBucket(TRANSIT_BURST * TRANSIT_BYTES, TRANSIT_BYTES, now);
    controlFrames = new TokenBucket(CONTROL_BURST * CONTROL_FRAMES, CONTROL_FRAMES, now);
    controlBytes = new TokenBucket(CONTROL_BURST * CONTROL_BYTES, CONTROL_BYTES, now);
    patience = new TokenBucket(PATIENCE, FORGIVEN, now);
  }

  /** Whether frames of this type are carried for others, or hand such a frame back. */
  static boolean transit(int type) {
    return type == FrameType.ROUTE || type == FrameType.RETURNED;
  }

  /**
   * Pays for one frame; false if it does not fit the budget, and then nothing is paid. Allocates
   * nothing.
   */
  boolean pay(boolean transit, long bytes, long now) {
    TokenBucket frames = transit ? transitFrames : controlFrames;
    TokenBucket volume = transit ? transitBytes : controlBytes;
    return volume.has(bytes, now) && frames.take(1, now) && volume.take(bytes, now);
  }

  /** Notes a refused link-local frame; false if the link has used up our patience. */
  boolean forgive(long now) {
    return patience.take(1, now);
  }
}
