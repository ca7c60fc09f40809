package org.wayfolk.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * An SQL statement failed: a mistake of ours (syntax, a broken constraint), never a caller's input.
 * A full or failing disk shows as this inside a transaction and leaves {@link Store#write} as an
 * {@link java.io.IOException}.
 */
public final class SqlFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  SqlFailure(String message, int code) {
    super(message);
    this.code = code;
  }

  static SqlFailure of(SQLException cause, String sql) {
    SqlFailure failure = new SqlFailure(cause.getMessage() + " in: " + sql, code(cause));
    failure.initCause(cause);
    return failure;
  }

  /** Whether a constraint (unique, check, foreign key, not null) refused the row. */
  public boolean constraint() {
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  /** The primary result code of SQLite. */
  int code() {
    return code;
  }

  /** Whether this is the disk's or the file's fault: then the whole transaction is lost. */
  boolean disk() {
    return DiskTrouble.is(code);
  }

  /** The primary code: the low byte; xerial hands out extended ones. */
  static int code(SQLException cause) {
    int code =
        cause instanceof SQLiteException sqlite
            ? sqlite.getResultCode().code
            : cause.getErrorCode();
    return code & 0xFF;
  }
}
