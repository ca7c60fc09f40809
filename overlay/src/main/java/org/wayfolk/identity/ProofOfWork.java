package org.wayfolk.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;

/**
 * Mints identities whose id begins with a number of zero bits, by trying whole master seeds:
 * nothing of the work is on the wire, whoever sees the id sees the work.
 *
 * <p>No argument of security rests on these bits (adding points in batches grinds them far faster
 * than whole seeds); they are the entry condition of a network.
 */
public final class ProofOfWork {

  /**
   * More would take a thousand machines a year; refused, so that a typing error is not an endless
   * loop.
   */
  public static final int MAX_DIFFICULTY = 48;

  // Seeds a thread takes from the random source at a time: few enough that waiting for the source
  // costs nothing, and
  // that little work is done twice when two threads end together.
  private static final int BATCH = 64;

  // Tries between two calls of Progress; about 40 ms of one core.
  private static final int REPORT_EVERY = 1024;

  private ProofOfWork() {}

  /**
   * Whether an id has at least {@code difficulty} leading zero bits; zero or less admits every id.
   */
  public static boolean satisfies(NodeId id, int difficulty) {
    return id.leadingZeros() >= difficulty;
  }

  /**
   * Tries seeds drawn from {@code random} on {@code threads} platform threads; blocks until one is
   * found. With one thread the result depends only on the random source; {@code random} is used by
   * one thread at a time.
   *
   * @param difficulty 0 to {@link #MAX_DIFFICULTY}
   * @throws CancellationException if {@code progress} said stop or the calling thread was
   *     interrupted (its flag stays set)
   */
  public static Identity mint(
      int difficulty, Progress progress, RandomGenerator random, Crypto crypto, int threads) {
    if (difficulty < 0 || difficulty > MAX_DIFFICULTY || threads < 1) {
      throw new IllegalArgumentException("difficulty " + difficulty + ", threads " + threads);
    }
    Search search = new Search(difficulty, progress, random, crypto);
    byte[] seed = search.run(threads);
    try {
      return Identity.ofSeed(seed, crypto);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static final class Search {
    private final int difficulty;
    private final double expected;
    private final Progress progress;
    private final RandomGenerator random;
    private final Crypto crypto;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private long tries; // guarded by this
    private long nextReport = REPORT_EVERY; // guarded by this

    /** Found (a seed), cancelled (neither), or a bug in a mining thread or the watcher. */
    private record Outcome(byte @Nullable [] seed, @Nullable Throwable failure) {}

    Search(int difficulty, Progress progress, RandomGenerator random, Crypto crypto) {
      this.difficulty = difficulty;
      this.expected = Math.scalb(1.0, difficulty);
      this.progress = progress;
      this.random = random;
      this.crypto = crypto;
    }

    byte[] run(int threads) {
      List<Thread> helpers = new ArrayList<>();
      for (int i = 1; i < threads; i++) {
        helpers.add(Thread.ofPlatform().daemon().name("wayfolk-work-" + i).start(this::work));
      }
      Thread first = Thread.ofPlatform().daemon().name("wayfolk-work-0").start(this::work);
      try {
        first.join();
        for (Thread helper : helpers) {
          helper.join();
        }
      } catch (InterruptedException e) {
        outcome.compareAndSet(null, new Outcome(null, null));
        Thread.currentThread().interrupt();
      }
      return result();
    }

    private byte[] result() {
      Outcome end = outcome.get();
      if (end != null && end.seed != null) {
        return end.seed;
      }
      if (end != null && end.failure != null) {
        throw new IllegalStateException("mining failed", end.failure);
      }
      throw new CancellationException("proof of work cancelled");
    }

    private void work() {
      byte[][] seeds = new byte[BATCH][Identity.SEED_BYTES];
      try {
        while (outcome.get() == null && draw(seeds)) {
          byte[] found = firstThatSatisfies(seeds);
          if (found != null) {
            outcome.compareAndSet(null, new Outcome(found.clone(), null));
          }
        }
      } catch (RuntimeException | Error e) { // else the caller would wait for ever
        outcome.compareAndSet(null, new Outcome(null, e));
      } finally {
        for (byte[] seed : seeds) {
          Arrays.fill(seed, (byte) 0);
        }
      }
    }

    /** Counts the last batch, reports, and fills the next; false if cancelled. */
    private synchronized boolean draw(byte[][] seeds) {
      if (tries >= nextReport) {
        nextReport = tries + REPORT_EVERY;
        if (!progress.on(new Progress.Work(tries, expected))) {
          outcome.compareAndSet(null, new Outcome(null, null));
          return false;
        }
      }
      for (byte[] seed : seeds) {
        random.nextBytes(seed);
      }
      tries += seeds.length;
      return true;
    }

    private byte @Nullable [] firstThatSatisfies(byte[][] seeds) {
      for (byte[] seed : seeds) {
        byte[] key = Identity.publicKeyOf(seed, crypto);
        if (satisfies(PublicIdentity.idOf(key, 0), difficulty)) {
          return seed;
        }
      }
      return null;
    }
  }
}
