package org.wayfolk.daemon.live;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what real processes do in their own time. */
final class Wait {
  private Wait() {}

  /** Waits until a condition holds; answers how long that took. */
  static Duration until(Duration limit, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit);
      }
      Thread.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
