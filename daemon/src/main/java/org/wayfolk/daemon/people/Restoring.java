package org.wayfolk.daemon.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.work.Trouble;

/** Makes the store of a home from a backup. */
public final class Restoring {
  private Restoring() {}

  /**
   * Restores. Blocks on the disk.
   *
   * @param passphrase of the backup; overwritten
   * @throws Failure if the home has people already, its node runs, or the file is no backup;
   *     nothing is changed then
   */
  public static void restore(Path where, Path backup, byte[] passphrase, Voice voice)
      throws Failure {
    if (!Files.isReadable(backup)) {
      throw Failure.usage("there is no file " + backup, "name what `wayfolk backup` wrote");
    }
    try (Home home = Home.open(where)) {
      Path store = home.store();
      if (Files.exists(store)) {
        throw Failure.failed(
            home.dir() + " has people already", "restore into another one with --home DIR");
      }
      Messenger.restore(backup.toAbsolutePath(), passphrase, store, new SecureRandom());
    } catch (Trouble t) {
      throw PeopleWords.failure(t);
    } catch (IOException e) {
      throw Failure.failed("it could not be restored: " + e.getMessage(), "see the file's name");
    } finally {
      Arrays.fill(passphrase, (byte) 0);
      voice.progress("");
    }
  }
}
