package org.wayfolk.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one wire, or all of them, treats what crosses it. Setters return this object, apply from now
 * on, and override the general shape only in what they set.
 *
 * <p>What is modelled. A link is a reliable ordered stream, as QUIC gives it: a lost packet delays
 * its frame, and every later one of that direction, by a retransmission time of one and a half
 * round trips, doubled for each further loss of the same packet; a frame of n times 1,200 bytes
 * risks loss n times. Frames leave in the order of their class, as fast as {@link #bandwidth} and a
 * window of unacknowledged bytes allow. Reordering and duplication cannot be seen on such a stream;
 * they apply to side packets only ({@link SimTransport#sendSide}). Congestion control is not
 * modelled.
 *
 * <p>{@link #frameLoss} is no network fault: it silently takes whole frames out of the stream, as a
 * full inbox at the other end would, to test what repeats end to end.
 */
public final class WireShape {
  private final @Nullable WireShape general;
  private long delay = -1;
  private long jitter = -1;
  private long bandwidth = -1;
  private double loss = -1;
  private double frameLoss = -1;
  private int frameLossType = -1;
  private double reorder = -1;
  private double duplicate = -1;

  WireShape(@Nullable WireShape general) {
    this.general = general;
    if (general == null) {
      delay = 20_000_000L;
      jitter = 0;
      bandwidth = 0;
      loss = 0;
      frameLoss = 0;
      reorder = 0;
      duplicate = 0;
    }
  }

  /** How long a packet travels, one way. The default, 20 ms, gives a round trip of 40 ms. */
  public WireShape delay(Duration oneWay) {
    delay = notNegative(oneWay);
    return this;
  }

  /** Up to how much longer a packet may travel, drawn evenly for each. */
  public WireShape jitter(Duration most) {
    jitter = notNegative(most);
    return this;
  }

  /** Bytes a second that one link may carry in one direction; 0, the default, is no bound. */
  public WireShape bandwidth(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("bandwidth " + bytesPerSecond);
    }
    bandwidth = bytesPerSecond;
    return this;
  }

  /**
   * The chance, 0 to 1, that a packet is lost; on a stream it costs time, a side packet is gone.
   */
  public WireShape loss(double chance) {
    loss = chance(chance);
    return this;
  }

  /** The chance that a whole frame of any type is silently dropped. */
  public WireShape frameLoss(double chance) {
    frameLoss = chance(chance);
    frameLossType = -1;
    return this;
  }

  /**
   * The chance that a whole frame of one type is silently dropped, such as 1 for routed envelopes.
   */
  public WireShape frameLoss(double chance, int onlyType) {
    frameLoss = chance(chance);
    frameLossType = onlyType;
    return this;
  }

  /** The chance that a side packet arrives later than those sent after it, by up to four delays. */
  public WireShape reorder(double chance) {
    reorder = chance(chance);
    return this;
  }

  /** The chance that a side packet arrives twice. */
  public WireShape duplicate(double chance) {
    duplicate = chance(chance);
    return this;
  }

  long delayNanos() {
    return delay >= 0 || general == null ? delay : general.delayNanos();
  }

  long jitterNanos() {
    return jitter >= 0 || general == null ? jitter : general.jitterNanos();
  }

  long bytesPerSecond() {
    return bandwidth >= 0 || general == null ? bandwidth : general.bytesPerSecond();
  }

  double loss() {
    return loss >= 0 || general == null ? loss : general.loss();
  }

  double frameLoss(int type) {
    if (frameLoss < 0 && general != null) {
      return general.frameLoss(type);
    }
    return frameLossType < 0 || frameLossType == type ? frameLoss : 0;
  }

  double reorder() {
    return reorder >= 0 || general == null ? reorder : general.reorder();
  }

  double duplicate() {
    return duplicate >= 0 || general == null ? duplicate : general.duplicate();
  }

  private static long notNegative(Duration d) {
    if (d.isNegative()) {
      throw new IllegalArgumentException("a negative duration: " + d);
    }
    return d.toNanos();
  }

  private static double chance(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a chance is 0 to 1, not " + p);
    }
    return p;
  }
}
