package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;

/**
 * Keeps a second process out of a home. The system drops it when its process ends, however it ends.
 * The file says the process id, for the message of the one that came second.
 */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws Failure if another process has it
   */
  static HomeLock take(Path file) throws Failure {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              DurableFile.mode(file, "rw-------"));
      if (tryLock(channel) == null) {
        channel.close();
        throw taken(file);
      }
      mark(channel);
      return new HomeLock(channel);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "locking the home", file);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  private static void mark(FileChannel channel) throws IOException {
    try {
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      // The lock holds without its note; only that a full disk is met later, where it matters.
      if (!DiskTrouble.isFull(e)) {
        channel.close();
        throw e;
      }
    }
  }

  private static Failure taken(Path file) {
    OptionalLong pid = holder(file);
    return Failure.failed(
        "a node already runs on %s%s"
            .formatted(
                file.toAbsolutePath().getParent(),
                pid.isPresent() ? " (process " + pid.getAsLong() + ")" : ""),
        "see it with `wayfolk status`, end it with `wayfolk down`, or start another with --home");
  }

  /** The process that holds the lock or held it last, as its file says. */
  static OptionalLong holder(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      return OptionalLong.of(Long.parseLong(text));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The process ends and the system drops the lock anyway.
    }
  }
}
