package org.wayfolk.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One program at a time: the lock on a file of its own, since the system forgets a lock on the
 * database as soon as anybody in this process closes a handle of it.
 */
record HomeLock(FileChannel channel) implements AutoCloseable {

  static HomeLock of(Path path, Path database) throws IOException {
    OwnerOnly.createIfMissing(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new HomeLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(database);
    }
    channel.close();
    throw inUse(database);
  }

  private static IOException inUse(Path database) {
    return new IOException(database + ": is held by another program. Stop that one first");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
