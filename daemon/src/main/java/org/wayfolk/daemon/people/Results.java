package org.wayfolk.daemon.people;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.work.Trouble;

/** Waits for what the messenger was told to do. */
final class Results {
  /** What is stored answers within this, or the disk is in trouble. */
  private static final Duration DISK = Duration.ofSeconds(60);

  private Results() {}

  /** Waits for what is only a matter of the disk. */
  static <T extends @Nullable Object> T now(CompletableFuture<T> result)
      throws Failure, InterruptedException {
    if (!within(result, DISK)) {
      throw Failure.failed("the disk does not answer", "see the log");
    }
    return result.join();
  }

  /** Waits; false if it takes longer. */
  static boolean within(CompletableFuture<? extends @Nullable Object> result, Duration limit)
      throws Failure, InterruptedException {
    try {
      result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Trouble t) {
        throw PeopleWords.failure(t);
      }
      throw Failure.failed("that could not be done (" + e.getCause() + ")", "see the log");
    }
  }
}
