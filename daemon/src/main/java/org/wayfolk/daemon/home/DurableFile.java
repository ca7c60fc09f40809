package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces a file so that at every instant, power loss included, the old or the new content is
 * there whole: a file beside it is written and forced to disk, renamed over it, and the directory
 * is forced.
 */
final class DurableFile {
  /** Ends the name of a file that is being written; what a crash left behind is swept at start. */
  static final String PART = ".part";

  private DurableFile() {}

  /**
   * Writes {@code content} to file {@code name} of a directory, 0600. Blocks on the disk.
   *
   * @throws IOException if it cannot; the old content is untouched then and nothing else is left
   */
  static void write(Path directory, String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Path part = directory.resolve(name + PART);
    Files.deleteIfExists(part);
    try {
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel out = FileChannel.open(part, options, mode(part, "rw-------"))) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    force(directory);
  }

  /** Makes renames in a directory durable, where the system can: Windows cannot open one. */
  static void force(Path directory) throws IOException {
    if (posix(directory)) {
      try (FileChannel d = FileChannel.open(directory, StandardOpenOption.READ)) {
        d.force(true);
      }
    }
  }

  /** Removes what a crash left half-written. */
  static void sweep(Path directory) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + PART)) {
      for (Path p : parts) {
        Files.deleteIfExists(p);
      }
    }
  }

  /** The attribute that creates a file with such permissions; none where the system has none. */
  static FileAttribute<?>[] mode(Path near, String permissions) {
    return posix(near)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Whether files there have owners and permissions. */
  static boolean posix(Path near) {
    return near.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
