package org.wayfolk.messenger.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * A store in a directory and one job at a time, as the engine would run it, in a time that only the
 * test moves. What a room asked for is done after the commit, and its news are kept.
 */
public final class Bench implements AutoCloseable {
  private final Path file;
  private final Durability durability;
  private final List<Shelf> shelves;
  private final RandomGenerator random;
  private Store store;
  private long now = 1_767_225_600_000L;

  /** What was told so far, in order. */
  public final List<News> news = new ArrayList<>();

  /** Jobs that were asked for later, with the time at which they are due. */
  public final List<Later> later = new ArrayList<>();

  /** A job for later. */
  public record Later(long at, Consumer<Turn> job) {}

  /** A new store in a directory. */
  public Bench(Path dir, long seed, Shelf... shelves) {
    this(dir, seed, Durability.FULL, shelves);
  }

  /** A new store in a directory; OFF where only processes die in a test, not machines. */
  public Bench(Path dir, long seed, Durability durability, Shelf... shelves) {
    this.durability = durability;
    this.file = dir.resolve("wayfolk.db");
    this.shelves = List.of(shelves);
    this.random = new SplittableRandom(seed);
    this.store = open();
  }

  private Store open() {
    try {
      return Store.open(new StorePlan(file, shelves, random, DiskWatch.NONE, durability));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one job in a transaction of its own; what it throws undoes it and comes out here. */
  public <T extends @Nullable Object> T turn(Function<Turn, T> job) {
    List<Turn> ran = new ArrayList<>();
    try {
      T result =
          store.write(tx -> {
            Turn turn = new Turn(tx, store.vault().orElseThrow(), now, random);
            T value = job.apply(turn);
            ran.add(turn);
            return value;
          });
      Turn turn = ran.getLast();
      turn.delayed().forEach(d -> later.add(new Later(now + d.delay().toMillis(), d.job())));
      news.addAll(turn.news());
      turn.effects().forEach(Runnable::run);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #turn} without a result. */
  public void run(Consumer<Turn> job) {
    turn(t -> {
      job.accept(t);
      return true;
    });
  }

  /** Reads a snapshot. */
  public <T extends @Nullable Object> T read(java.util.function.BiFunction<Tx, Vault, T> reader) {
    try {
      return store.read(tx -> reader.apply(tx, store.vault().orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets time go by, running what is due, in order. */
  public void pass(Duration time) {
    long end = now + time.toMillis();
    while (true) {
      Later next = null;
      for (Later l : later) {
        if (l.at <= end && (next == null || l.at < next.at)) {
          next = l;
        }
      }
      if (next == null) {
        now = end;
        return;
      }
      later.remove(next);
      now = Math.max(now, next.at);
      run(next.job);
    }
  }

  /** The time of the bench in ms since the epoch. */
  public long now() {
    return now;
  }

  /** Closes the store and opens it again, as a restart does; jobs for later are forgotten. */
  public void reopen() {
    reopen(() -> {});
  }

  /** {@link #reopen()}, with something done to the closed file. */
  public void reopen(Runnable meanwhile) {
    close();
    meanwhile.run();
    later.clear();
    store = open();
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** The randomness of every turn. */
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
