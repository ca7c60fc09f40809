package org.wayfolk.time;

/**
 * A budget that refills at a steady rate up to a burst. Starts full. Integer arithmetic only, so
 * that simulation and production agree to the last token. Not thread-safe.
 */
public final class TokenBucket {
  private static final long SECOND = 1_000_000_000L;

  private final long burst;
  private final long perSecond;
  private long tokens;
  private long fraction;
  private long last;

  /**
   * @param burst most tokens held, at least 1
   * @param perSecond tokens gained a second, 0 to 4 billion
   * @param nowNanos now
   */
  public TokenBucket(long burst, long perSecond, long nowNanos) {
    if (burst < 1 || perSecond < 0 || perSecond > 4_000_000_000L) {
      throw new IllegalArgumentException("burst " + burst + " perSecond " + perSecond);
    }
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.last = nowNanos;
  }

  /** Takes {@code n} tokens if there are so many; else takes none and answers false. */
  public boolean take(long n, long nowNanos) {
    if (n < 0) {
      throw new IllegalArgumentException("take " + n);
    }
    refill(nowNanos);
    if (n > tokens) {
      return false;
    }
    tokens -= n;
    return true;
  }

  /** Whether {@code n} could be taken now. Takes none. */
  public boolean has(long n, long nowNanos) {
    refill(nowNanos);
    return n <= tokens;
  }

  /** Whether this bucket has refilled to its burst, so that forgetting it changes nothing. */
  public boolean full(long nowNanos) {
    refill(nowNanos);
    return tokens == burst;
  }

  private void refill(long now) {
    long elapsed = now - last;
    if (elapsed <= 0) {
      return;
    }
    last = now;
    long seconds = elapsed / SECOND;
    if (perSecond > 0 && seconds > burst / perSecond) {
      tokens = burst;
      fraction = 0;
      return;
    }
    fraction += (elapsed % SECOND) * perSecond;
    tokens += seconds * perSecond + fraction / SECOND;
    fraction %= SECOND;
    if (tokens >= burst) {
      tokens = burst;
      fraction = 0;
    }
  }
}
