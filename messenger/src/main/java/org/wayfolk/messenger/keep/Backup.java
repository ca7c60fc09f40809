package org.wayfolk.messenger.keep;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.SealedFile;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.SqlFailure;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.store.WrongPassphrase;

/**
 * One encrypted file with what is a person's own, and a home made of it.
 *
 * <p>Blocks on the disk; any platform thread.
 */
public final class Backup {

  /** The shelf of {@link People}; a store of parts, in tests, may have none. */
  private static final String PEOPLE = "people";

  private Backup() {}

  /**
   * Writes a backup of the store as it is now, while others go on reading and writing. The file
   * appears only whole, in place of what was there.
   *
   * @param passphrase of the file: Argon2id, 64 MiB, a quarter of a second
   * @param now ms since the epoch
   * @throws Trouble LOCKED
   * @throws IOException if the disk fails; then what was there stays
   */
  public static void write(
      Store store, Path file, byte[] passphrase, RandomGenerator random, long now)
      throws IOException {
    SealedFile.write(file, passphrase, random, out -> packed(store, out, now));
  }

  private static void packed(Store store, OutputStream out, long now) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
    try {
      store.read(tx -> {
        Vault vault = store.vault().orElseThrow(() -> new Trouble(Trouble.Reason.LOCKED));
        try {
          new Packing(tx, vault, data).all(Table.ALL, now);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return true;
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    data.flush();
  }

  /**
   * Makes the store of a home that has none: the same person, friends and conversations on a new
   * device, which the first {@link People#me} certifies, revoking the one that was backed up. It
   * has no passphrase. It appears only whole; a crash leaves at most a file {@code .part}.
   *
   * @param shelves all tables of the program, as the store will be opened with
   * @throws Trouble WRONG_PASSPHRASE
   * @throws IOException if there is a store, the disk fails, or the file is damaged, cut, no backup
   *     or of a newer program; nothing is left then
   */
  public static void restore(
      Path backup, byte[] passphrase, Path file, List<Shelf> shelves, RandomGenerator random)
      throws IOException {
    if (Files.exists(file)) {
      throw new IOException(file + ": is there already; restore into another home");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    clear(part);
    StorePlan plan = new StorePlan(part, shelves, random, DiskWatch.NONE, Durability.FULL);
    try (InputStream in = Files.newInputStream(backup);
        InputStream sealed = SealedFile.opening(in, passphrase)) {
      fill(new DataInputStream(sealed), plan);
      settle(plan);
      SealedFile.publish(part, file);
    } catch (WrongPassphrase e) {
      throw new Trouble(Trouble.Reason.WRONG_PASSPHRASE);
    } catch (EOFException | SqlFailure e) {
      throw new IOException("this file was not written by a backup of this program", e);
    } finally {
      clear(part);
    }
  }

  /** Puts the rows into tables of their own versions. */
  private static void fill(DataInputStream in, StorePlan plan) throws IOException {
    Unpacking unpacking = new Unpacking(in, Table.ALL);
    Map<String, Integer> versions = unpacking.versions();
    for (Map.Entry<String, Integer> shelf : versions.entrySet()) {
      boolean own = shelf.getKey().equals("store");
      if (!own && plan.shelves().stream().noneMatch(s -> reaches(s, shelf))) {
        throw new IOException("this backup was written by a newer version of this program");
      }
    }
    List<Shelf> then =
        plan.shelves().stream()
            .<Shelf>map(s -> new ShelfThen(s, versions.getOrDefault(s.name(), 0)))
            .toList();
    try (Store store = Store.open(with(plan, then))) {
      store.write(tx -> {
        try {
          unpacking.rows(tx, vault(store));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return true;
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean reaches(Shelf shelf, Map.Entry<String, Integer> version) {
    return shelf.name().equals(version.getKey())
        && shelf.migrations().size() >= version.getValue()
        && version.getValue() >= 0;
  }

  /** Brings the tables to today's version, and makes tags and search anew under the new key. */
  private static void settle(StorePlan plan) throws IOException {
    try (Store store = Store.open(plan)) {
      store.write(tx -> {
        Vault vault = vault(store);
        if (Store.versions(tx).containsKey(PEOPLE)) {
          People.restored(tx, vault, plan.random());
        }
        plan.shelves().forEach(shelf -> shelf.rekey(tx, vault, vault));
        return true;
      });
    }
  }

  private static Vault vault(Store store) {
    return store.vault().orElseThrow();
  }

  private static StorePlan with(StorePlan plan, List<Shelf> shelves) {
    return new StorePlan(plan.file(), shelves, plan.random(), plan.watch(), plan.durability());
  }

  private static void clear(Path part) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm", "-lock")) {
      Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
    }
  }

  /** A shelf as it was at an earlier version. */
  private record ShelfThen(Shelf now, int version) implements Shelf {

    @Override
    public String name() {
      return now.name();
    }

    @Override
    public List<String> migrations() {
      return now.migrations().subList(0, version);
    }

    @Override
    public void rekey(Tx tx, Vault from, Vault to) {
      throw new IllegalStateException("a store that is being filled has no other key");
    }
  }
}
