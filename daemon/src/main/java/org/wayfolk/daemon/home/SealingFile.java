package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.node.SealingStore;

/** The sealing keys of a home, current and old, in its file {@code sealing}. */
public final class SealingFile implements SealingStore {
  private final Home home;
  private final Consumer<Failure> trouble;

  /**
   * The keys of a home.
   *
   * @param trouble told when keys cannot be kept; the node goes on, and after a restart senders ask
   *     for new ones
   */
  public SealingFile(Home home, Consumer<Failure> trouble) {
    this.home = home;
    this.trouble = trouble;
  }

  @Override
  public byte @Nullable [] load() {
    Path file = home.dir().resolve("sealing");
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      trouble.accept(DiskTrouble.explain(e, "reading the sealing keys", file));
      return null;
    }
  }

  @Override
  public void save(byte[] keys) {
    try {
      home.write("sealing", keys);
    } catch (Failure e) {
      trouble.accept(e);
    }
  }

  /** Keeps the bytes as {@code sealing.damaged}, over an older such file, and says so. */
  @Override
  public void damaged() {
    Path file = home.dir().resolve("sealing");
    Path aside = home.dir().resolve("sealing.damaged");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      trouble.accept(
          new Failure(
              Exit.FAILED,
              "the sealing keys in " + file + " are damaged",
              "new ones are made, and the old file is kept as sealing.damaged"));
    } catch (IOException e) {
      trouble.accept(DiskTrouble.explain(e, "moving damaged sealing keys aside", file));
    }
  }
}
