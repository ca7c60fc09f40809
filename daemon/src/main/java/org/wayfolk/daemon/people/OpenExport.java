package org.wayfolk.daemon.people;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.wayfolk.messenger.Messenger;

/** Everything in clear, in a file that only its owner may read from its first byte. */
final class OpenExport {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private OpenExport() {}

  /** Writes to a file that is not there; it stays only if it is whole. Blocks on the disk. */
  static void write(Messenger m, Path file) throws IOException {
    FileChannel made = create(file);
    boolean whole = false;
    try (FileChannel channel = made) {
      OutputStream out = Channels.newOutputStream(channel);
      m.export(out);
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A new file, 0600 where there are permissions. Follows no link that lies at its name. */
  static FileChannel create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(file, NEW, mode);
  }
}
