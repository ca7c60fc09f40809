package org.wayfolk.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of a result, valid only while it is handed over. Columns by their name (or {@code AS}
 * name) in the result. A null where none is allowed, or an unknown name, is a {@link SqlFailure}.
 */
public interface Row {

  /** An integer. */
  long i64(String column);

  /** An integer of 32 bits; a larger one is a {@link SqlFailure}. */
  int i32(String column);

  /** A text. */
  String text(String column);

  /** Bytes, a copy. */
  byte[] blob(String column);

  /** Bytes, a copy, or null. */
  byte @Nullable [] blobOrNull(String column);

  /** A text or null. */
  @Nullable String textOrNull(String column);

  /** Whether the column holds null. */
  boolean isNull(String column);
}
