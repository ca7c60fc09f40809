package org.wayfolk.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Lives only inside the call of {@link Store#write} or {@link Store#read} that
 * handed it out, on that thread.
 *
 * <p>Arguments fill the statement's {@code ?} in order: Long, Integer, Boolean (as 1 and 0),
 * String, byte[], null. Values never stand in the SQL text, which is kept as a prepared statement.
 * Every method throws {@link SqlFailure} if the statement fails, and {@link IllegalStateException}
 * after the transaction's end. After a failure of the disk every further call fails too.
 */
public interface Tx {

  /** Runs a statement that returns no rows; answers how many rows it changed. */
  int run(String sql, @Nullable Object... args);

  /** Runs an INSERT and answers the new row's rowid. */
  long insert(String sql, @Nullable Object... args);

  /** All rows, each through {@code read}. For results whose number is bounded. */
  <T extends @Nullable Object> List<T> list(
      Function<Row, T> read, String sql, @Nullable Object... args);

  /** The first row, or empty; {@code read} must not answer null. */
  <T> Optional<T> one(Function<Row, T> read, String sql, @Nullable Object... args);

  /**
   * Hands over row by row without keeping them; other statements may run meanwhile, but must not
   * change the rows still to come in a way that moves them in the order read.
   */
  void each(Consumer<Row> read, String sql, @Nullable Object... args);

  /** Runs a part that is undone alone if it throws (then the exception goes on to the caller). */
  <T extends @Nullable Object> T nested(Supplier<T> part);
}
