package org.wayfolk.transport;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.wayfolk.time.Clock;
import org.wayfolk.time.SystemClock;

/**
 * The real machine: a platform thread a loop, a few for heavy work, virtual threads for callbacks.
 */
public final class ThreadedHost implements Host {
  private final RandomGenerator random = new SecureRandom();
  private final ExecutorService workers;
  private final ExecutorService callbacks;

  /**
   * @param workerThreads threads for heavy work, at least 1
   */
  public ThreadedHost(int workerThreads) {
    workers =
        Executors.newFixedThreadPool(
            workerThreads, Thread.ofPlatform().daemon().name("wayfolk-worker-", 0).factory());
    callbacks =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("wayfolk-app-", 0).factory());
  }

  /** One worker fewer than there are cores, at least one. */
  public static ThreadedHost ofThisMachine() {
    return new ThreadedHost(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  @Override
  public Clock clock() {
    return SystemClock.INSTANCE;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public Executor callbacks() {
    return callbacks;
  }

  @Override
  public Loop start(String name, Turn turn) {
    return new ThreadLoop(name, turn);
  }

  @Override
  public <T> T await(CompletableFuture<T> result, Duration limit)
      throws TimeoutException, InterruptedException {
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static final class ThreadLoop implements Loop {
    private final Thread thread;
    private final Turn turn;
    private volatile boolean woken;
    private volatile boolean stopped;

    ThreadLoop(String name, Turn turn) {
      this.turn = turn;
      thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
      while (!stopped) {
        // Cleared before the turn, so that a wake during it makes another.
        woken = false;
        long deadline = turn.run();
        while (!woken && !stopped) {
          if (deadline == Long.MAX_VALUE) {
            LockSupport.park(this);
          } else {
            long left = deadline - SystemClock.INSTANCE.nanos();
            if (left <= 0) {
              break;
            }
            LockSupport.parkNanos(this, left);
          }
        }
      }
    }

    @Override
    public void wake() {
      if (!woken) {
        woken = true;
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void stop() {
      stopped = true;
      LockSupport.unpark(thread);
      if (!inside()) {
        boolean interrupted = false;
        while (thread.isAlive()) {
          try {
            thread.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public boolean inside() {
      return Thread.currentThread().threadId() == thread.threadId();
    }
  }
}
