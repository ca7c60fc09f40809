package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for bytes in every file of a folder: main file, log, index, free pages and all. */
final class HomeBytes {

  private HomeBytes() {}

  /** The names of the files that hold the bytes. */
  static List<String> holding(Path home, byte[] wanted) throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.list(home)) {
      // Not the lock file: closing any handle of it would let go of the store's own lock.
      for (Path file : files.filter(path -> !path.toString().endsWith("-lock")).sorted().toList()) {
        if (at(Files.readAllBytes(file), wanted) >= 0) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  static int at(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Copies main file and log, as a power loss would leave them if all that was written is there.
   */
  static void copy(Path file, Path into) throws IOException {
    Files.createDirectories(into);
    for (String suffix : List.of("", "-wal")) {
      Path from = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(from)) {
        Files.copy(from, into.resolve(file.getFileName() + suffix));
      }
    }
  }
}
