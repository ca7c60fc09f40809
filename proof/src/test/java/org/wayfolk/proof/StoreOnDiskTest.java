package org.wayfolk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.sim.disk.Moment;
import org.wayfolk.sim.disk.SimDisk;
import org.wayfolk.sim.disk.Sync;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** The real store on a disk that fails: its own commits, checkpoints, cleaning and closing. */
final class StoreOnDiskTest {
  private static final int TRANSACTIONS = 400;

  @TempDir Path directory;

  private static final class Notes implements Shelf {
    @Override
    public String name() {
      return "notes";
    }

    @Override
    public List<String> migrations() {
      return List.of("CREATE TABLE notes(k INTEGER PRIMARY KEY, v BLOB NOT NULL) STRICT");
    }

    @Override
    public void rekey(Tx tx, Vault from, Vault to) {
      throw new IllegalStateException("no passphrase is set here");
    }
  }

  private record Watch(SimDisk disk) implements DiskWatch {
    @Override
    public void committed() {
      disk.committed();
    }

    @Override
    public void checkpointing() {
      disk.checkpointing();
    }

    @Override
    public void checkpointed() {
      disk.checkpointed();
    }
  }

  /** What went wrong, and how often the power went. */
  private record Outcome(List<String> faults, int losses) {}

  private Store open(Path file, SimDisk disk, Durability durability, long seed) throws IOException {
    return Store.open(
        new StorePlan(
            file, List.of(new Notes()), new SplittableRandom(seed), new Watch(disk), durability));
  }

  private Outcome run(Durability durability, long seed) throws IOException {
    SplittableRandom dice = new SplittableRandom(seed);
    Path file = directory.resolve(durability + "-" + seed + ".db");
    SimDisk disk = new SimDisk(file, durability == Durability.FULL ? Sync.FULL : Sync.OFF);
    Store store = open(file, disk, durability, seed);
    Map<Long, Integer> truth = new HashMap<>();
    List<String> faults = new ArrayList<>();
    int losses = 0;
    for (int i = 0; i < TRANSACTIONS && faults.isEmpty(); i++) {
      Map<Long, Integer> next = new HashMap<>(truth);
      long key = dice.nextInt(200);
      int length = dice.nextInt(30_000);
      switch (dice.nextInt(30)) {
        case 0 -> disk.powerLoss(dice);
        case 1 -> disk.powerLossIn(Moment.COMMIT, 1 + dice.nextInt(3), dice, () -> {});
        case 2 -> disk.powerLossIn(Moment.CHECKPOINT, 1, dice, () -> {});
        case 3 -> store.checkpoint();
        default -> {
          // Goes on.
        }
      }
      if (!disk.off()) {
        store.write(
            tx -> tx.run("INSERT OR REPLACE INTO notes VALUES (?, ?)", key, new byte[length]));
        next.put(key, length);
      }
      if (!disk.off()) {
        truth = next;
      } else {
        losses++;
        store.close();
        disk.powerBack();
        try {
          store = open(file, disk, durability, seed + i);
          truth = check(store, truth, next, faults);
        } catch (IOException e) {
          faults.add(String.valueOf(e.getMessage()));
        }
      }
    }
    store.close();
    return new Outcome(faults, losses);
  }

  private static Map<Long, Integer> check(
      Store store, Map<Long, Integer> truth, Map<Long, Integer> next, List<String> faults)
      throws IOException {
    Map<Long, Integer> found = new HashMap<>();
    store.read(tx -> {
      tx.each(row -> found.put(row.i64("k"), row.i32("n")), "SELECT k, length(v) AS n FROM notes");
      faults.addAll(
          tx.list(row -> row.text("integrity_check"), "PRAGMA integrity_check").stream()
              .filter(s -> !s.equals("ok"))
              .toList());
      return true;
    });
    if (!found.equals(truth) && !found.equals(next)) {
      faults.add("found " + found.size() + " rows, committed " + truth.size());
    }
    return found;
  }

  @Test
  void whatTheStoreHasSaidIsKeptIsKept() throws IOException {
    int losses = 0;
    for (long seed = 1; seed <= 2; seed++) {
      Outcome outcome = run(Durability.FULL, seed);
      assertThat(outcome.faults()).as("seed " + seed).isEmpty();
      losses += outcome.losses();
    }
    assertThat(losses).isGreaterThan(30);
  }

  @Test
  void canaryAStoreThatDoesNotSyncIsCaught() throws IOException {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(run(Durability.OFF, seed).faults()).as("seed " + seed).isNotEmpty();
    }
  }
}
