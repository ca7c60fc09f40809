package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes everything in a home, for good. A mark is made durable first: whatever ends the process,
 * the next start on that home goes on, and never finds half of a person.
 *
 * <p>What is deleted is as any file that is deleted: on most disks somebody with tools may find
 * some of it until it is written over. A passphrase protects that too.
 */
final class Wipe {
  /** Says that everything here is to be deleted; goes last. */
  static final String MARK = "wipe";

  /** Held by whoever deletes; only a process's number is in it. */
  private static final String LOCK = "lock";

  /** Until these are gone the others need them; so whoever only looks sees a home or none. */
  private static final List<String> LAST = List.of("seed", "config", MARK);

  private Wipe() {}

  /** From here on there is no way back. Blocks on the disk. */
  static void mark(Path dir) throws IOException {
    DurableFile.write(dir, MARK, new byte[0]);
  }

  static boolean isMarked(Path dir) {
    return Files.exists(dir.resolve(MARK), LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes everything but the lock, which the caller holds. Blocks on the disk. */
  static void finish(Path dir) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(dir)) {
      for (Path p : inside) {
        if (!p.getFileName().toString().equals(LOCK)) {
          all.add(p);
        }
      }
    }
    all.sort(Comparator.comparingInt(p -> LAST.indexOf(p.getFileName().toString())));
    for (Path p : all) {
      if (LAST.contains(p.getFileName().toString())) {
        DurableFile.force(dir); // the order holds on the disk too
      }
      delete(p);
    }
    DurableFile.force(dir);
  }

  /** With all that is in it; what a link points to stays. */
  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
