package org.wayfolk.messenger.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * What a job of the messenger works with: a transaction, and a list of what shall happen once it is
 * on disk. Dies with the job. For the engine's thread only.
 */
public final class Turn {
  private final Tx tx;
  private final Vault vault;
  private final long now;
  private final RandomGenerator random;
  private final List<Runnable> effects = new ArrayList<>();
  private final List<News> news = new ArrayList<>();
  private final List<Delayed> delayed = new ArrayList<>();

  /** A job to be run later. */
  record Delayed(Duration delay, Consumer<Turn> job) {}

  /** The turn of one job. Made by the engine, and by tests of rooms. */
  Turn(Tx tx, Vault vault, long now, RandomGenerator random) {
    this.tx = tx;
    this.vault = vault;
    this.now = now;
    this.random = random;
  }

  /** The transaction that all changes of this job belong to. */
  public Tx tx() {
    return tx;
  }

  /** The profile key at work. */
  public Vault vault() {
    return vault;
  }

  /** Milliseconds since the epoch by this machine's wall clock, the same throughout the job. */
  public long now() {
    return now;
  }

  /** Randomness; a CSPRNG in production. */
  public RandomGenerator random() {
    return random;
  }

  /** {@code count} random bytes. */
  public byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Runs something once this job is on disk, in the order of asking; never if it is undone. On the
   * engine's thread: it must not block and does not throw.
   */
  public void after(Runnable effect) {
    effects.add(effect);
  }

  /** Makes something known once it is on disk. */
  public void tell(News what) {
    news.add(what);
  }

  /**
   * Runs another job in a while, unless this one is undone. Forgotten at exit: a room that needs it
   * then asks again when it starts.
   */
  public void later(Duration delay, Consumer<Turn> job) {
    delayed.add(new Delayed(delay, job));
  }

  List<Runnable> effects() {
    return effects;
  }

  List<News> news() {
    return news;
  }

  List<Delayed> delayed() {
    return delayed;
  }
}
