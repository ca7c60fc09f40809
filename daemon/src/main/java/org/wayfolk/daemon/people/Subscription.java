package org.wayfolk.daemon.people;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.work.News;

/**
 * What one command hears of the messenger, in order. Whoever reads too slowly misses the newest,
 * and can know how many: everything is in the store.
 */
final class Subscription implements AutoCloseable {
  /** More than a person reads; a script that stands still must not hold memory. */
  private static final int MAX_WAITING = 10_000;

  private final LinkedBlockingQueue<News> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicLong missed = new AtomicLong();
  private final AutoCloseable listening;

  Subscription(Messenger m) {
    listening =
        m.listen(news -> {
          if (!waiting.offer(news)) {
            missed.incrementAndGet();
          }
        });
  }

  /** The next news; null if there is none in time. */
  @Nullable News next(Duration limit) throws InterruptedException {
    return waiting.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** How many were missed so far. */
  long missed() {
    return missed.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("ending a subscription never fails", e);
    }
  }
}
