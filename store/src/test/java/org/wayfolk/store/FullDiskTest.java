package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system refuses to write more: a limit on file sizes, which needs no rights, in its place. */
@Tag("process")
final class FullDiskTest {

  @TempDir Path home;

  @Test
  void whatWasStoredBeforeIsThereAndTheWordsSayWhatToDo() throws Exception {
    Path file = home.resolve("w.db");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                // 2 or 4 MB by the shell: more than the driver's library, less than a log that is
                // moved.
                "ulimit -f 4000; exec \"$@\"",
                "sh",
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                FillingProgram.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(said).hasSize(3);
    int stored = Integer.parseInt(said.getFirst());
    assertThat(stored).isPositive();
    assertThat(said.get(1)).contains("nothing of this change was kept");
    assertThat(said.get(2)).isEqualTo(said.getFirst());
    SearchIndex index = new SearchIndex();
    Notes notes = new Notes(index);
    try (Store store = Store.open(StorePlan.of(file, new SecureRandom(), index, notes))) {
      Vault vault = store.vault().orElseThrow();
      assertThat(StoreTest.listed(store, tx -> notes.all(tx, vault))).hasSize(stored);
      store.write(tx -> notes.add(tx, vault, "there is room again"));
      assertThat(StoreTest.listed(store, tx -> index.find(tx, vault, "room again", 3)))
          .containsExactly(stored + 1L);
    }
  }
}
