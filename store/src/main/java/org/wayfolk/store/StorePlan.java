package org.wayfolk.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a store is opened with.
 *
 * @param file the database; its folder must exist. {@code -wal}, {@code -shm} and {@code -lock} of
 *     the same name lie beside it
 * @param shelves the tables of every room, always all of them: a file with a shelf that is not
 *     named here is taken to be of a newer program
 * @param random of keys and nonces: must be unpredictable in production; used under a lock
 * @param watch is told of commits and checkpoints
 * @param durability {@link Durability#FULL} but for one test
 */
public record StorePlan(
    Path file,
    List<Shelf> shelves,
    RandomGenerator random,
    DiskWatch watch,
    Durability durability) {

  /** Checks the shelves' names. */
  public StorePlan {
    // The index drops all when the key changes, and the owners of the texts then fill it again.
    shelves =
        shelves.stream()
            .sorted(Comparator.comparing((Shelf shelf) -> !(shelf instanceof SearchIndex)))
            .toList();
    Set<String> names = new HashSet<>();
    for (Shelf shelf : shelves) {
      if (!shelf.name().matches("[a-z][a-z0-9_]{0,31}")
          || shelf.name().equals(Profile.SHELF)
          || !names.add(shelf.name())) {
        throw new IllegalArgumentException("a shelf cannot be named so: " + shelf.name());
      }
    }
  }

  /** The plan of a program: durable, unwatched. */
  public static StorePlan of(Path file, SecureRandom random, Shelf... shelves) {
    return new StorePlan(file, List.of(shelves), random, DiskWatch.NONE, Durability.FULL);
  }
}
