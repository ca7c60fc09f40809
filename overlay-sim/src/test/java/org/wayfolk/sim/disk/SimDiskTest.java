package org.wayfolk.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under a real SQLite, which must find all that it synced and may miss all else. */
final class SimDiskTest {
  private static final int TRANSACTIONS = 700;

  @TempDir Path directory;

  @Test
  void whatWasSyncedIsThereAfterEveryPowerLoss() throws SQLException {
    int[] pages = {512, 4096, 1024, 65_536};
    int losses = 0;
    int undecided = 0;
    int arrived = 0;
    for (int seed = 0; seed < pages.length; seed++) {
      try (LedgerScenario ledger = new LedgerScenario(directory, Sync.FULL, pages[seed], seed)) {
        ledger.run(TRANSACTIONS, 20);
        assertThat(ledger.faults).as("seed " + seed).isEmpty();
        losses += ledger.losses;
        undecided += ledger.undecided;
        arrived += ledger.arrivedUntold;
      }
    }
    assertThat(losses).isGreaterThan(200);
    // A transaction that was being synced when the power went has arrived whole or not at all.
    assertThat(undecided).isGreaterThan(50);
    assertThat(arrived).isBetween(1, undecided - 1);
  }

  @Test
  void canaryADatabaseThatDoesNotSyncIsCaught() throws SQLException {
    int caught = 0;
    for (int seed = 100; seed < 110; seed++) {
      try (LedgerScenario ledger = new LedgerScenario(directory, Sync.OFF, 1024, seed)) {
        ledger.run(TRANSACTIONS, 20);
        caught += ledger.faults.isEmpty() ? 0 : 1;
      }
    }
    assertThat(caught).isEqualTo(10);
  }

  @Test
  void oneSeedMakesOneRuin() throws SQLException {
    int[] found = new int[2];
    for (int i = 0; i < 2; i++) {
      Path own = directory.resolve("" + i);
      assertThat(own.toFile().mkdir()).isTrue();
      try (LedgerScenario ledger = new LedgerScenario(own, Sync.FULL, 512, 7)) {
        ledger.run(300, 10);
        found[i] = ledger.losses * 1_000 + ledger.arrivedUntold;
      }
    }
    assertThat(found[0]).isEqualTo(found[1]).isPositive();
  }

  @Test
  void theNotedLengthGrowsWithTheLogAndBeginsAnewWithIt() throws SQLException {
    try (LedgerScenario ledger = new LedgerScenario(directory, Sync.FULL, 4096, 3)) {
      long first = ledger.disk.noted();
      assertThat(first).isPositive();
      assertThat((first - Wal.HEADER_BYTES) % (Wal.FRAME_HEADER_BYTES + 4096)).isZero();
      for (int i = 0; i < 5; i++) {
        ledger.transaction();
      }
      long last = ledger.disk.noted();
      assertThat(last).isGreaterThan(first);
      assertThat(last).isEqualTo(directory.resolve("ledger-3.db-wal").toFile().length());
      for (int i = 0; i < 20; i++) {
        ledger.checkpoint(false);
      }
      ledger.transaction();
      assertThat(ledger.disk.noted()).isPositive().isLessThan(last);
    }
  }

  @Test
  void aKilledProgramLosesNothingThatItWrote() throws SQLException {
    try (LedgerScenario ledger = new LedgerScenario(directory, Sync.OFF, 4096, 4)) {
      for (int i = 0; i < 20; i++) {
        ledger.run(10, LedgerScenario.NEVER);
        ledger.kill();
        assertThat(ledger.faults).isEmpty();
      }
    }
  }

  @Test
  void powerGoesAndComesBackInTurn() {
    SimDisk disk = new SimDisk(directory.resolve("none.db"), Sync.FULL);
    assertThatThrownBy(disk::powerBack).isInstanceOf(IllegalStateException.class);
    disk.kill();
    assertThatThrownBy(disk::kill).isInstanceOf(IllegalStateException.class);
    disk.powerBack();
    assertThat(disk.off()).isFalse();
  }
}
