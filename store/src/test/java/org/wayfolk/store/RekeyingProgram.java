package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A process that sets the first passphrase of a store, to be killed meanwhile. */
final class RekeyingProgram {

  static final byte[] PASS = Notes.bytes("correct horse");

  private RekeyingProgram() {}

  /** Takes the file's path; says {@code ready} when it begins. */
  public static void main(String[] args) throws IOException, WrongPassphrase {
    SearchIndex index = new SearchIndex();
    try (Store store =
        Store.open(StorePlan.of(Path.of(args[0]), new SecureRandom(), index, new Notes(index)))) {
      System.out.println("ready");
      System.out.flush();
      store.setPassphrase(null, PASS);
      System.out.println("done");
    }
  }
}
