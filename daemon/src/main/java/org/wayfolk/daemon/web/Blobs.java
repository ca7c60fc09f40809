package org.wayfolk.daemon.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;

/**
 * Files that a page may fetch once, each under an address that nobody can guess: what a page saves
 * to disk (a backup, an export) is too large for its socket. Any thread.
 */
public final class Blobs implements AutoCloseable {
  /** How long an offer stands: the page fetches at once. */
  static final Duration LIFE = Duration.ofSeconds(60);

  /** Offers at once. */
  static final int MAX = 8;

  private static final int BYTES = 16;

  /**
   * What is offered.
   *
   * @param file deleted after it was fetched or the offer ended
   * @param name as the browser saves it
   */
  record Offer(Path file, String name, long ends) {}

  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Offer> offers = new HashMap<>();

  Blobs(RandomGenerator random, LongSupplier nanos) {
    this.random = random;
    this.nanos = nanos;
  }

  /**
   * Offers a file for one minute and one fetch; it is deleted afterwards, and at the end of the
   * process. Give it a file that only its owner can read.
   *
   * @param file whole and closed; it belongs to this from now on
   * @param name what the browser calls it; letters, digits, dot, dash and underscore remain
   * @return the path to fetch, {@code /blob/} and 22 signs
   * @throws Failure if too many are offered; the file is deleted then
   */
  public String offer(Path file, String name) throws Failure {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String id = Secrets.base64(bytes);
    synchronized (this) {
      sweep();
      if (offers.size() < MAX) {
        String clean = name.replaceAll("[^A-Za-z0-9._-]", "_");
        offers.put(id, new Offer(file, clean, nanos.getAsLong() + LIFE.toNanos()));
        Thread.ofVirtual().name("wayfolk-page-blob").start(() -> forget(id));
        return Gate.BLOBS + id;
      }
    }
    delete(file);
    throw Failure.failed("too many files are being saved", "try again in a minute");
  }

  private void forget(String id) {
    try {
      Thread.sleep(LIFE);
    } catch (InterruptedException e) {
      return;
    }
    Offer o = take(id, true);
    if (o != null) {
      delete(o.file());
    }
  }

  /** What is offered there, without taking it. */
  synchronized @Nullable Offer look(String id) {
    sweep();
    return offers.get(id);
  }

  /** What is offered there, once; whoever has it deletes its file. */
  @Nullable Offer take(String id) {
    return take(id, false);
  }

  private synchronized @Nullable Offer take(String id, boolean old) {
    if (!old) {
      sweep();
    }
    return offers.remove(id);
  }

  private void sweep() {
    long now = nanos.getAsLong();
    offers
        .values()
        .removeIf(o -> {
          boolean over = now - o.ends() >= 0;
          if (over) {
            delete(o.file());
          }
          return over;
        });
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It lies in the home, readable by its owner only, and the next start sweeps it away.
    }
  }

  /** Deletes what is still offered. */
  @Override
  public synchronized void close() {
    offers.values().forEach(o -> delete(o.file()));
    offers.clear();
  }
}
