package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old files, newer files, strange files, damaged files, full disks. */
final class DamageTest {

  private final SearchIndex index = new SearchIndex();

  @TempDir Path home;

  private Path file() {
    return home.resolve("wayfolk.db");
  }

  private Store open(Shelf... shelves) throws IOException {
    return Store.open(StorePlan.of(file(), new SecureRandom(), shelves));
  }

  private static final String V2 = "ALTER TABLE notes ADD COLUMN colour TEXT;";
  private static final String V3 =
      "UPDATE notes SET colour = 'blue'; CREATE INDEX notes_colour ON notes (colour);";

  @Test
  void aFileOfEachOlderVersionOpensWithItsRows() throws Exception {
    List<Notes> versions =
        List.of(new Notes(index), new Notes(index, V2), new Notes(index, V2, V3));
    for (int old = 0; old < versions.size(); old++) {
      Notes before = versions.get(old);
      try (Store store = open(index, before)) {
        store.write(tx -> before.add(tx, store.vault().orElseThrow(), "kept"));
      }
      Notes now = versions.getLast();
      for (int again = 0; again < 2; again++) {
        try (Store store = open(index, now)) {
          Vault vault = store.vault().orElseThrow();
          assertThat(StoreTest.listed(store, tx -> now.all(tx, vault))).containsExactly("kept");
          store.write(tx -> tx.run("UPDATE notes SET colour = 'red' WHERE colour = 'green'"));
        }
      }
      Files.delete(file());
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheOldVersion() throws Exception {
    Notes v1 = new Notes(index);
    open(index, v1).close();
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> open(index, new Notes(index, V2, "DELETE FROM nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
    open(index, v1).close();
    assertThat(Files.readAllBytes(file())).hasSameSizeAs(before);
  }

  @Test
  void aFileOfANewerProgramIsRefusedAndNotTouched() throws Exception {
    Notes newer = new Notes(index, V2);
    try (Store store = open(index, newer)) {
      store.write(tx -> newer.add(tx, store.vault().orElseThrow(), "kept"));
    }
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> open(index, new Notes(index)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> open(index)).hasMessageContaining("newer version");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    try (Store store = open(index, newer)) {
      assertThat(StoreTest.listed(store, tx -> newer.all(tx, store.vault().orElseThrow())))
          .containsExactly("kept");
    }
  }

  @Test
  void aDatabaseOfSomeoneElseIsLeftAlone() throws Exception {
    try (var other = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = other.createStatement()) {
      statement.executeUpdate("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
    }
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> open(index)).hasMessageContaining("not a store of Wayfolk");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aFileOfOtherBytesIsRefusedInWords() throws Exception {
    byte[] junk = new byte[20_000];
    new Random(1).nextBytes(junk);
    Files.write(file(), junk);
    assertThatThrownBy(() -> open(index))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged or is not a store")
        .hasMessageContaining("restore your backup");
    assertThat(Files.readAllBytes(file())).isEqualTo(junk);
  }

  @Test
  void damagedPagesShowAsIoExceptionsWithWords() throws Exception {
    Notes notes = new Notes(index);
    try (Store store = open(index, notes)) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> {
        for (int i = 0; i < 2_000; i++) {
          notes.add(tx, vault, "note " + i);
        }
        return 0;
      });
    }
    byte[] bytes = Files.readAllBytes(file());
    for (int at = 40 * 4096; at < bytes.length; at++) {
      bytes[at] = (byte) 0xA5;
    }
    Files.write(file(), bytes);
    assertThatThrownBy(
            () -> {
              try (Store store = open(index, notes)) {
                Vault vault = store.vault().orElseThrow();
                store.read(tx -> notes.all(tx, vault));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aFullDiskUndoesTheWholeTransactionAlsoWhenAPartSwallowsIt() throws Exception {
    Notes notes = new Notes(index);
    try (Store store = open(index, notes)) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> notes.add(tx, vault, "before"));
      assertThatThrownBy(() ->
              store.write(tx -> {
                notes.add(tx, vault, "early");
                fill(tx, notes, vault);
                // A job after the one that failed must not believe that it was stored.
                assertThatThrownBy(() -> notes.add(tx, vault, "late"))
                    .isInstanceOf(SqlFailure.class);
                return 0;
              }))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("disk is full")
          .hasMessageContaining("Make room");
      assertThat(StoreTest.listed(store, tx -> notes.all(tx, vault))).containsExactly("before");
      store.write(tx -> {
        pages(tx, 1_000_000);
        return notes.add(tx, vault, "after");
      });
      assertThat(StoreTest.listed(store, tx -> notes.all(tx, vault)))
          .containsExactly("before", "after");
    }
  }

  private static void fill(Tx tx, Notes notes, Vault vault) {
    pages(tx, 60);
    try {
      tx.nested(() -> {
        for (int i = 0; i < 10_000; i++) {
          notes.add(tx, vault, "x".repeat(500));
        }
        return 0;
      });
    } catch (SqlFailure e) {
      assertThat(e.disk()).isTrue();
    }
  }

  private static void pages(Tx tx, int most) {
    tx.one(row -> row.i64("max_page_count"), "PRAGMA max_page_count=" + most);
  }

  @Test
  void aLogThatGrewIsMovedIntoTheMainFileByItself() throws Exception {
    Notes notes = new Notes(index);
    try (Store store = open(index, notes)) {
      Vault vault = store.vault().orElseThrow();
      Path wal = home.resolve("wayfolk.db-wal");
      long largest = 0;
      for (int i = 0; i < 300; i++) {
        store.write(tx -> notes.add(tx, vault, "y".repeat(60_000)));
        largest = Math.max(largest, Files.size(wal));
      }
      assertThat(largest).isLessThan(2 * WriteLog.LARGE);
      assertThat(Files.size(file())).isGreaterThan(3 * WriteLog.LARGE);
      store.checkpoint();
      assertThat(Files.size(wal)).isZero();
    }
    assertThat(home.resolve("wayfolk.db-wal")).doesNotExist();
  }
}
