package org.wayfolk.hello;

import org.wayfolk.protocol.Effects;

/**
 * Numbers the connections of this process in the order of their first frames: monotonic ms from a
 * random origin, so that it tells nobody how long we run; never the same twice.
 */
final class Orders {
  private static final long MILLI = 1_000_000L;

  private long origin = -1;
  private long last;

  long next(Effects out) {
    long now = out.now() / MILLI;
    if (origin < 0) {
      origin =
          out.random().nextLong(1L << 48)
              - now
              + (1L << 60); // the clock's own origin may lie anywhere
      last = now - 1;
    }
    last = Math.max(last + 1, now);
    return origin + last;
  }
}
