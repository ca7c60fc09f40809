package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A process that writes notes until the disk takes no more. */
final class FillingProgram {

  private FillingProgram() {}

  /** Takes the file's path; says how many notes were stored, what stopped it, how many it reads. */
  public static void main(String[] args) throws IOException {
    SearchIndex index = new SearchIndex();
    Notes notes = new Notes(index);
    try (Store store =
        Store.open(StorePlan.of(Path.of(args[0]), new SecureRandom(), index, notes))) {
      Vault vault = store.vault().orElseThrow();
      int stored = 0;
      try {
        while (stored < 100_000) {
          String text = "note " + stored + " " + "x".repeat(20_000);
          store.write(tx -> notes.add(tx, vault, text));
          stored++;
        }
      } catch (IOException e) {
        System.out.println(stored);
        System.out.println(e.getMessage());
        System.out.println((int) store.read(tx -> notes.all(tx, vault).size()));
      }
    }
  }
}
