package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.wayfolk.daemon.terminal.Failure;

/** What the file system refuses, in words for a user. */
public final class DiskTrouble {
  private DiskTrouble() {}

  /**
   * Explains a failed read or write.
   *
   * @param doing what was tried, e.g. {@code "writing the seed"}
   * @param where the file or directory
   */
  public static Failure explain(IOException e, String doing, Path where) {
    String reason = reason(e);
    if (isFull(e)) {
      return Failure.failed(
          doing + " failed, the disk that holds " + where + " is full",
          "free some space and try again; what was stored before is untouched");
    }
    if (e instanceof AccessDeniedException) {
      return Failure.failed(
          doing + " failed, this user may not use " + where,
          "change its owner, or choose another directory with --home");
    }
    if (reason.contains("Read-only file system")) {
      return Failure.failed(
          doing + " failed, " + where + " cannot be written to",
          "choose another directory with --home");
    }
    return Failure.failed(
        doing + " failed at " + where + " (" + reason + ")",
        "check that directory, or choose another with --home");
  }

  /** Whether there was no room: the disk is full or the user's share of it is used up. */
  public static boolean isFull(IOException e) {
    String reason = reason(e);
    return reason.contains("No space left") || reason.contains("quota");
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
