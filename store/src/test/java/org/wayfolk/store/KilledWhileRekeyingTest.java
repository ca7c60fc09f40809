package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 while the first passphrase is being set: the old state or the new one, never between. */
@Tag("process")
final class KilledWhileRekeyingTest {

  private static final int NOTES = 6_000;
  private static final int ROUNDS = 9;

  private final SearchIndex index = new SearchIndex();
  private final Notes notes = new Notes(index);

  @TempDir Path home;

  @Test
  void theStoreOpensWithAllItsNotesWhereverTheProcessDied() throws Exception {
    Path whole = Files.createDirectories(home.resolve("whole"));
    byte[] oldKey = fill(whole.resolve("w.db"));
    long millis = 0;
    Set<Store.State> seen = EnumSet.noneOf(Store.State.class);
    for (int round = 0; round <= ROUNDS; round++) {
      Path folder = home.resolve("round" + round);
      HomeBytes.copy(whole.resolve("w.db"), folder);
      // The first one runs to its end and says how long that takes here and now.
      long took = run(folder.resolve("w.db"), round == 0 ? 600_000 : millis * round / ROUNDS);
      millis = round == 0 ? took : millis;
      seen.add(check(folder, oldKey));
    }
    assertThat(seen).containsExactlyInAnyOrder(Store.State.OPEN, Store.State.LOCKED);
  }

  private Store open(Path file) throws IOException {
    return Store.open(StorePlan.of(file, new SecureRandom(), index, notes));
  }

  private byte[] fill(Path file) throws IOException {
    try (Store store = open(file)) {
      Vault vault = store.vault().orElseThrow();
      store.write(tx -> {
        for (int i = 0; i < NOTES; i++) {
          notes.add(tx, vault, "note number" + i);
        }
        return true;
      });
      return store
          .read(tx -> tx.one(row -> row.blob("key"), "SELECT key FROM store_profile"))
          .orElseThrow();
    }
  }

  private static long run(Path file, long millis) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RekeyingProgram.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      long began = System.nanoTime();
      boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      assertThat(ended || millis < 600_000).isTrue();
      return (System.nanoTime() - began) / 1_000_000;
    }
  }

  private Store.State check(Path folder, byte[] oldKey) throws Exception {
    try (Store store = open(folder.resolve("w.db"))) {
      Store.State state = store.state();
      if (state == Store.State.LOCKED) {
        store.unlock(RekeyingProgram.PASS);
        assertThat(HomeBytes.holding(folder, oldKey)).isEmpty();
      }
      Vault vault = store.vault().orElseThrow();
      assertThat(StoreTest.listed(store, tx -> notes.all(tx, vault)))
          .hasSize(NOTES)
          .startsWith("note number0")
          .endsWith("note number" + (NOTES - 1));
      assertThat(StoreTest.listed(store, tx -> index.find(tx, vault, "note number5999", 9)))
          .containsExactly((long) NOTES);
      return state;
    }
  }
}
