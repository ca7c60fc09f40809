package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassphraseTest {

  private static final byte[] PASS = Notes.bytes("correct horse");
  private static final byte[] NEXT = Notes.bytes("battery staple");

  private final SearchIndex index = new SearchIndex();
  private final Notes notes = new Notes(index);

  @TempDir Path home;

  private Path file() {
    return home.resolve("wayfolk.db");
  }

  private Store open() throws IOException {
    return open(file(), DiskWatch.NONE);
  }

  private Store open(Path file, DiskWatch watch) throws IOException {
    return Store.open(
        new StorePlan(file, List.of(notes, index), new SecureRandom(), watch, Durability.FULL));
  }

  private void fill(Store store, int count) throws IOException {
    Vault vault = store.vault().orElseThrow();
    store.write(tx -> {
      for (int i = 0; i < count; i++) {
        notes.add(tx, vault, "planted xylophone number" + i);
      }
      return 0;
    });
  }

  private void whole(Store store, int count) throws IOException {
    Vault vault = store.vault().orElseThrow();
    assertThat(StoreTest.listed(store, tx -> notes.all(tx, vault)))
        .isEqualTo(
            IntStream.range(0, count).mapToObj(i -> "planted xylophone number" + i).toList());
    assertThat(StoreTest.listed(store, tx -> notes.exactly(tx, vault, "planted xylophone number1")))
        .containsExactly(2L);
    assertThat(StoreTest.listed(store, tx -> index.find(tx, vault, "planted xylo", 3)))
        .containsExactly((long) count, count - 1L, count - 2L);
  }

  private static byte[] profileKey(Store store) throws IOException {
    return store
        .read(tx -> tx.one(row -> row.blob("key"), "SELECT key FROM store_profile"))
        .orElseThrow();
  }

  @Test
  void theStoreIsLockedAfterOpeningAndUnlockedByItsPassphraseOnly() throws Exception {
    try (Store store = open()) {
      fill(store, 20);
      store.setPassphrase(null, PASS);
      assertThat(store.state()).isEqualTo(Store.State.UNLOCKED);
      whole(store, 20);
    }
    try (Store store = open()) {
      assertThat(store.state()).isEqualTo(Store.State.LOCKED);
      assertThat(store.vault()).isEmpty();
      assertThatThrownBy(() -> store.unlock(NEXT)).isInstanceOf(WrongPassphrase.class);
      assertThat(store.state()).isEqualTo(Store.State.LOCKED);
      store.unlock(PASS);
      whole(store, 20);
      Vault held = store.vault().orElseThrow();
      store.lock();
      assertThat(store.state()).isEqualTo(Store.State.LOCKED);
      assertThatThrownBy(() -> held.tag("k", PASS)).isInstanceOf(IllegalStateException.class);
      store.unlock(PASS);
      whole(store, 20);
    }
  }

  @Test
  void aPassphraseIsChangedAndRemovedOnlyByWhoKnowsIt() throws Exception {
    try (Store store = open()) {
      fill(store, 20);
      store.setPassphrase(null, PASS);
      byte[] wrapped = profileKey(store);
      assertThatThrownBy(() -> store.setPassphrase(NEXT, PASS)).isInstanceOf(WrongPassphrase.class);
      assertThatThrownBy(() -> store.setPassphrase(null, NEXT)).isInstanceOf(WrongPassphrase.class);
      assertThatThrownBy(() -> store.setPassphrase(NEXT, null)).isInstanceOf(WrongPassphrase.class);
      assertThatThrownBy(() -> store.setPassphrase(PASS, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
      whole(store, 20);
      store.setPassphrase(PASS, NEXT);
      whole(store, 20);
      assertThat(HomeBytes.holding(home, wrapped)).as("the old wrapping").isEmpty();
    }
    try (Store store = open()) {
      assertThatThrownBy(() -> store.unlock(PASS)).isInstanceOf(WrongPassphrase.class);
      store.setPassphrase(NEXT, null);
      assertThat(store.state()).isEqualTo(Store.State.OPEN);
      whole(store, 20);
    }
    try (Store store = open()) {
      assertThat(store.state()).isEqualTo(Store.State.OPEN);
      whole(store, 20);
    }
  }

  @Test
  void afterTheFirstPassphraseNothingOfBeforeIsInAnyFile() throws Exception {
    byte[] oldKey;
    List<byte[]> oldBodies;
    try (Store store = open()) {
      fill(store, 400);
      oldKey = profileKey(store);
      oldBodies =
          StoreTest.listed(store, tx -> tx.list(r -> r.blob("body"), "SELECT body FROM notes"));
      store.checkpoint();
      fill(store, 5);
      store.write(tx -> tx.run("DELETE FROM notes WHERE id > 300"));
      assertThat(HomeBytes.holding(home, oldKey)).as("the search itself works").isNotEmpty();
      assertThat(HomeBytes.holding(home, oldBodies.get(7))).isNotEmpty();
      store.setPassphrase(null, PASS);
      nothingOf(oldKey, oldBodies);
      fill(store, 1);
    }
    nothingOf(oldKey, oldBodies);
  }

  private void nothingOf(byte[] oldKey, List<byte[]> oldBodies) throws IOException {
    assertThat(HomeBytes.holding(home, oldKey)).as("old key").isEmpty();
    for (int i = 0; i < oldBodies.size(); i += 37) {
      assertThat(HomeBytes.holding(home, oldBodies.get(i))).as("old body " + i).isEmpty();
    }
    for (String word : List.of("xylophone", "planted", "number1", "XYLO", "xyloph")) {
      assertThat(HomeBytes.holding(home, Notes.bytes(word))).as(word).isEmpty();
    }
    assertThat(HomeBytes.holding(home, PASS)).isEmpty();
  }

  /** Copies the files at each instant of which the disk hears, and opens every copy. */
  private static final class Copies implements DiskWatch {
    private final Path file;
    private final Path into;
    private int number;
    private final List<Path> taken = new ArrayList<>();

    Copies(Path file, Path into) {
      this.file = file;
      this.into = into;
    }

    @Override
    public void committed() {
      take();
    }

    @Override
    public void checkpointing() {
      take();
    }

    @Override
    public void checkpointed() {
      take();
    }

    private void take() {
      try {
        Path copy = into.resolve("copy" + number++);
        HomeBytes.copy(file, copy);
        taken.add(copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aCrashAtAnyStepOfTheFirstPassphraseLeavesTheOldStateOrTheNew(@TempDir Path copies)
      throws Exception {
    Copies watch = new Copies(file(), copies);
    byte[] oldKey;
    try (Store store = open(file(), watch)) {
      fill(store, 300);
      oldKey = profileKey(store);
      watch.taken.clear();
      store.setPassphrase(null, PASS);
    }
    assertThat(watch.taken).hasSizeGreaterThan(5);
    int locked = 0;
    for (Path copy : watch.taken) {
      try (Store store = open(copy.resolve("wayfolk.db"), DiskWatch.NONE)) {
        if (store.state() == Store.State.LOCKED) {
          locked++;
          store.unlock(PASS);
          assertThat(HomeBytes.holding(copy, oldKey)).as("swept when opened: " + copy).isEmpty();
        }
        whole(store, 300);
      }
    }
    assertThat(locked).isEqualTo(watch.taken.size());
  }

  /** The log is cut anywhere, also in the middle of the transaction that changes the key. */
  @Test
  void aLogCutAnywhereLeavesTheOldStateOrTheNew(@TempDir Path copies) throws Exception {
    Copies watch = new Copies(file(), copies);
    byte[] oldKey;
    try (Store store = open(file(), watch)) {
      fill(store, 300);
      oldKey = profileKey(store);
      store.checkpoint();
      watch.taken.clear();
      store.setPassphrase(null, PASS);
    }
    Path rekeyed = watch.taken.getFirst();
    byte[] main = Files.readAllBytes(rekeyed.resolve("wayfolk.db"));
    byte[] log = Files.readAllBytes(rekeyed.resolve("wayfolk.db-wal"));
    Random random = new Random(3);
    int old = 0;
    for (int round = 0; round < 12; round++) {
      Path cut = Files.createDirectories(copies.resolve("cut" + round));
      int length = round == 0 ? log.length : random.nextInt(log.length);
      Files.write(cut.resolve("wayfolk.db"), main);
      Files.write(cut.resolve("wayfolk.db-wal"), java.util.Arrays.copyOf(log, length));
      try (Store store = open(cut.resolve("wayfolk.db"), DiskWatch.NONE)) {
        if (store.state() == Store.State.LOCKED) {
          store.unlock(PASS);
          assertThat(HomeBytes.holding(cut, oldKey)).isEmpty();
        } else {
          old++;
        }
        whole(store, 300);
      }
    }
    assertThat(old).as("each cut undid the change").isEqualTo(11);
  }

  @Test
  void aShelfThatFailsToRekeyLeavesAllAsItWas() throws Exception {
    Shelf broken =
        new Shelf() {
          @Override
          public String name() {
            return "zz";
          }

          @Override
          public List<String> migrations() {
            return List.of();
          }

          @Override
          public void rekey(Tx tx, Vault from, Vault to) {
            throw new Damaged("a row of mine");
          }
        };
    StorePlan plan = StorePlan.of(file(), new SecureRandom(), index, notes, broken);
    try (Store store = Store.open(plan)) {
      fill(store, 20);
      assertThatThrownBy(() -> store.setPassphrase(null, PASS)).isInstanceOf(Damaged.class);
      assertThat(store.state()).isEqualTo(Store.State.OPEN);
      whole(store, 20);
    }
  }

  @Test
  void nothingOfThisIsAllowedInsideATransaction() throws Exception {
    try (Store store = open()) {
      store.write(tx -> {
        assertThatThrownBy(() -> store.setPassphrase(null, PASS))
            .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::lock).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::checkpoint).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::close).isInstanceOf(IllegalStateException.class);
        return 0;
      });
    }
  }
}
