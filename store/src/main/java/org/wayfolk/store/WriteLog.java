package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The write-ahead log, and when it is moved into the main file. Under the write lock. */
final class WriteLog {

  /** Size that is worth moving: SQLite's own default of 1,000 pages. */
  static final long LARGE = 4L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(WriteLog.class);

  private final Path file;
  private final Line writer;
  private final DiskWatch watch;
  private long moveAt = LARGE;

  WriteLog(Path file, Line writer, DiskWatch watch) {
    this.file = file;
    this.writer = writer;
    this.watch = watch;
  }

  boolean isLarge() {
    try {
      return Files.size(file) >= moveAt;
    } catch (IOException e) {
      return false; // It is there after every commit; and the next one would find the trouble.
    }
  }

  /**
   * Moves a large log.
   *
   * @param alone whether no reader is inside: then it is cut to nothing, else what readers need
   *     stays
   */
  void move(boolean alone) {
    try {
      if (alone) {
        cut();
      } else {
        checkpoint("PASSIVE");
        // It is written from its beginning again without getting shorter; not each commit anew.
        moveAt = Files.size(file) + LARGE;
      }
    } catch (SQLException | IOException e) {
      // What was committed is safe in the log. A disk that fails for good fails the next commit.
      LOG.warn("store={} log not moved: {}", file, e.getMessage());
      moveAt += LARGE;
    }
  }

  /** Moves all and cuts the log to nothing; the caller keeps readers out. */
  void cut() throws SQLException {
    checkpoint("TRUNCATE");
    moveAt = LARGE;
  }

  private void checkpoint(String mode) throws SQLException {
    watch.checkpointing();
    writer.pragma("wal_checkpoint(" + mode + ")");
    watch.checkpointed();
  }
}
