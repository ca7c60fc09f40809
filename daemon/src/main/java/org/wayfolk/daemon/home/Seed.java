package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.identity.Identity;

/** Reads a home's seed and notices when it is not the one that was stored. */
final class Seed {
  private Seed() {}

  /**
   * The identity in {@code file}; empty if there is no file and none is expected.
   *
   * @param expected hex of the id that was stored with it, if one was
   * @throws Failure if the seed is gone or damaged; nothing is changed
   */
  static Optional<Identity> read(Path file, @Nullable String expected) throws Failure {
    if (!Files.exists(file)) {
      if (expected == null) {
        return Optional.empty();
      }
      throw Failure.failed(
          file + " is gone, the key of " + expected.substring(0, Math.min(8, expected.length())),
          "restore it from a backup, or choose another directory with --home");
    }
    if (!Files.isReadable(file)) {
      throw Failure.failed(file + " cannot be read by this user", "change its owner");
    }
    Identity found;
    try {
      found = Identity.load(file);
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
    if (expected != null && !found.id().hex().equals(expected)) {
      found.close();
      throw damaged(file, file + " is damaged: it gives another identity than was stored");
    }
    return Optional.of(found);
  }

  private static Failure damaged(Path file, String what) {
    return Failure.failed(
        what.contains(file.toString()) ? what : "cannot read " + file + " (" + what + ")",
        "restore it from a backup; it was left as it is");
  }
}
