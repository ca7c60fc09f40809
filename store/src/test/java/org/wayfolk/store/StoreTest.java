package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {

  private final SearchIndex index = new SearchIndex();
  private final Notes notes = new Notes(index);

  @TempDir Path home;

  private Path file() {
    return home.resolve("wayfolk.db");
  }

  private Store open() throws IOException {
    return Store.open(StorePlan.of(file(), new SecureRandom(), index, notes));
  }

  @Test
  void whatWasWrittenIsThereAfterOpeningAgain() throws Exception {
    try (Store store = open()) {
      store.write(tx -> notes.add(tx, store.vault().orElseThrow(), "hello"));
    }
    try (Store store = open()) {
      assertThat(store.state()).isEqualTo(Store.State.OPEN);
      Vault vault = store.vault().orElseThrow();
      assertThat(listed(store, tx -> notes.all(tx, vault))).containsExactly("hello");
      assertThat(listed(store, tx -> notes.exactly(tx, vault, "hello"))).containsExactly(1L);
      assertThat(listed(store, tx -> index.find(tx, vault, "hel", 5))).containsExactly(1L);
    }
  }

  @Test
  void everyKindOfValueComesBackAsItWas() throws Exception {
    try (Store store = open()) {
      Tx[] leaked = new Tx[1];
      store.write(tx -> {
        leaked[0] = tx;
        tx.run("CREATE TABLE kinds (i INTEGER, t TEXT, b BLOB, e BLOB, n BLOB) STRICT");
        tx.run(
            "INSERT INTO kinds VALUES (?, ?, ?, ?, ?)",
            Long.MIN_VALUE,
            "привет 你好",
            new byte[] {0, 1, -1},
            new byte[0],
            null);
        tx.run("INSERT INTO kinds (i, t) VALUES (?, ?)", true, "two");
        tx.run("INSERT INTO kinds (i, t) VALUES (?, ?)", 7, "three");
        return 0;
      });
      store.read(tx -> {
        Optional<Boolean> seen =
            tx.one(
                row -> {
                  assertThat(row.i64("i")).isEqualTo(Long.MIN_VALUE);
                  assertThatThrownBy(() -> row.i32("i")).isInstanceOf(SqlFailure.class);
                  assertThat(row.text("t")).isEqualTo("привет 你好");
                  assertThat(row.blob("b")).containsExactly(0, 1, -1);
                  assertThat(row.blob("e")).isEmpty();
                  assertThat(row.blobOrNull("n")).isNull();
                  assertThat(row.textOrNull("n")).isNull();
                  assertThat(row.isNull("n")).isTrue();
                  assertThat(row.isNull("e")).isFalse();
                  assertThatThrownBy(() -> row.blob("n")).isInstanceOf(SqlFailure.class);
                  assertThatThrownBy(() -> row.i64("n")).isInstanceOf(SqlFailure.class);
                  assertThatThrownBy(() -> row.i64("x")).isInstanceOf(SqlFailure.class);
                  return true;
                },
                "SELECT * FROM kinds ORDER BY rowid");
        assertThat(seen).contains(true);
        assertThat(tx.list(row -> row.i32("i"), "SELECT i FROM kinds WHERE i > 0"))
            .containsExactly(1, 7);
        assertThat(tx.one(row -> row.i32("i"), "SELECT i FROM kinds WHERE i = 99")).isEmpty();
        return 0;
      });
      assertThatThrownBy(() -> leaked[0].run("DELETE FROM kinds"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aTransactionThatThrowsLeavesNothing() throws Exception {
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      assertThatThrownBy(() ->
              store.write(tx -> {
                notes.add(tx, vault, "never");
                throw new IllegalArgumentException("no");
              }))
          .hasMessage("no");
      assertThat(listed(store, tx -> notes.all(tx, vault))).isEmpty();
    }
  }

  @Test
  void aNestedPartThatThrowsIsUndoneAlone() throws Exception {
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> {
        notes.add(tx, vault, "first");
        assertThatThrownBy(() ->
                tx.nested(() -> {
                  notes.add(tx, vault, "second");
                  tx.nested(() -> notes.add(tx, vault, "inner"));
                  throw new IllegalArgumentException("no");
                }))
            .hasMessage("no");
        tx.nested(() -> notes.add(tx, vault, "third"));
        return 0;
      });
      assertThat(listed(store, tx -> notes.all(tx, vault))).containsExactly("first", "third");
    }
  }

  @Test
  void aReaderSeesOneStateWhileAnotherThreadWrites() throws Exception {
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> notes.add(tx, vault, "before"));
      CountDownLatch looked = new CountDownLatch(1);
      CountDownLatch written = new CountDownLatch(1);
      CompletableFuture<List<String>> second =
          CompletableFuture.supplyAsync(() -> {
            try {
              return store.read(tx -> {
                assertThat(notes.all(tx, vault)).containsExactly("before");
                looked.countDown();
                await(written);
                return notes.all(tx, vault);
              });
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      looked.await();
      store.write(tx -> notes.add(tx, vault, "after"));
      written.countDown();
      assertThat(second.get()).containsExactly("before");
      assertThat(listed(store, tx -> notes.all(tx, vault))).containsExactly("before", "after");
    }
  }

  static <E> List<E> listed(Store store, Function<Tx, List<E>> read) throws IOException {
    return store.read(read);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReadWithinAWriteSeesWhatThatOneWrote() throws Exception {
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> {
        notes.add(tx, vault, "mine");
        try {
          assertThat(listed(store, inner -> notes.all(inner, vault))).containsExactly("mine");
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        assertThatThrownBy(() -> store.write(inner -> 0)).isInstanceOf(IllegalStateException.class);
        return 0;
      });
    }
  }

  @Test
  void aReaderCannotWrite() throws Exception {
    try (Store store = open()) {
      assertThatThrownBy(() -> store.read(tx -> tx.run("DELETE FROM notes")))
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void aSecondWriterIsRefused() throws Exception {
    try (Store store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("held by another program");
      assertThat(listed(store, tx -> List.of(1))).containsExactly(1);
    }
    open().close();
  }

  @Test
  void theFilesAreTheirOwnersAlone() throws Exception {
    try (Store store = open()) {
      store.write(tx -> notes.add(tx, store.vault().orElseThrow(), "x"));
      try (var files = Files.list(home)) {
        for (Path path : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
              .as(path.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void aMistakeInSqlNamesTheStatement() throws Exception {
    try (Store store = open()) {
      assertThatThrownBy(() -> store.write(tx -> tx.run("DELETE FROM nowhere")))
          .isInstanceOf(SqlFailure.class)
          .hasMessageContaining("DELETE FROM nowhere");
      assertThatThrownBy(() ->
              store.write(tx -> tx.run("INSERT INTO notes (body, tag) VALUES (?, ?)", null, null)))
          .isInstanceOfSatisfying(SqlFailure.class, f -> assertThat(f.constraint()).isTrue());
    }
  }

  @Test
  void openingAndClosingWritesNothing() throws Exception {
    open().close();
    byte[] before = Files.readAllBytes(file());
    open().close();
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }
}
