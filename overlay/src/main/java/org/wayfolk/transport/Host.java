package org.wayfolk.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.wayfolk.time.Clock;

/**
 * The machine a node lives on: its clock, its randomness and its threads. {@link ThreadedHost} is a
 * real one; the simulated world gives hosts whose clock is virtual and whose only thread is the
 * test's.
 */
public interface Host {
  /** The node's source of time. */
  Clock clock();

  /**
   * The node's randomness: a CSPRNG in production, a seeded generator in simulation. Thread-safe.
   */
  RandomGenerator random();

  /**
   * Runs heavy work (signatures, key exchange) away from the loop. Bounded by its users, not by
   * itself.
   */
  Executor workers();

  /**
   * Runs application callbacks; may block there. Each task runs on its own virtual thread in
   * production.
   */
  Executor callbacks();

  /**
   * Starts a loop: {@code turn} runs at once and whenever it was woken or its deadline has come.
   */
  Loop start(String name, Turn turn);

  /**
   * Whether this is no machine but a simulated one, from which nothing reaches a network: only here
   * may a node have cryptography that protects nothing.
   */
  default boolean simulated() {
    return false;
  }

  /**
   * Waits for a result from outside the loop. In simulation this runs the world until the result is
   * there or the virtual time has passed.
   *
   * @throws TimeoutException if it does not come in time
   * @throws InterruptedException if the waiting thread is interrupted
   */
  <T> T await(CompletableFuture<T> result, Duration limit)
      throws TimeoutException, InterruptedException;

  /** What a loop does. */
  interface Turn {
    /**
     * Does everything that is due and answers when it wants to run again: a monotonic deadline in
     * nanoseconds, or {@link Long#MAX_VALUE} for only when woken. Must not block.
     */
    long run();
  }

  /** A running loop. */
  interface Loop {
    /** Makes the turn run soon. Any thread; cheap when the loop is awake. */
    void wake();

    /**
     * Runs no more turns after the current one. Blocks until it has ended, unless called from the
     * loop itself.
     */
    void stop();

    /** Whether the caller is on the loop's thread. */
    boolean inside();
  }
}
