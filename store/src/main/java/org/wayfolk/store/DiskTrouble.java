package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;

/** Turns SQLite's result codes of a bad disk into words that say what to do. */
final class DiskTrouble {

  private DiskTrouble() {}

  static boolean is(int code) {
    return words(code) != null;
  }

  static IOException io(Path file, int code, Throwable cause) {
    String words = words(code);
    return new IOException(
        file + ": " + (words == null ? "could not be used: " + cause.getMessage() : words), cause);
  }

  private static @org.jspecify.annotations.Nullable String words(int code) {
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return "the disk is full: nothing of this change was kept. Make room and try again";
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return "the disk reports an error: nothing of this change was kept. Check the disk, and copy"
          + " this folder elsewhere before anything else";
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return "the file is damaged or is not a store of Wayfolk. Put it aside (do not delete it) and"
          + " restore your backup";
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return "may not be written. Check the owner and the rights of the file and its folder";
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return "cannot be opened. Check that its folder exists and belongs to you";
    }
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return "is held by another program. Stop that one first";
    }
    if (code == SQLiteErrorCode.SQLITE_NOMEM.code) {
      return "there is not enough memory for this: nothing of this change was kept";
    }
    return null;
  }
}
