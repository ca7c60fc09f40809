package org.wayfolk.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transaction on one connection. */
final class LineTx implements Tx {

  private final Line line;
  private final Thread owner = Thread.currentThread();
  private int depth;
  private boolean ended;
  private @Nullable SqlFailure lost;

  LineTx(Line line) {
    this.line = line;
  }

  /**
   * The disk's failure, if there was one. SQLite may then have rolled all back by itself, and what
   * followed would run outside any transaction: so nothing may follow.
   */
  @Nullable SqlFailure lost() {
    return lost;
  }

  void end() {
    ended = true;
  }

  @Override
  public int run(String sql, @Nullable Object... args) {
    return with(sql, args, PreparedStatement::executeUpdate);
  }

  @Override
  public long insert(String sql, @Nullable Object... args) {
    run(sql, args);
    return one(row -> row.i64("id"), "SELECT last_insert_rowid() AS id").orElseThrow();
  }

  @Override
  public <T extends @Nullable Object> List<T> list(
      Function<Row, T> read, String sql, @Nullable Object... args) {
    List<T> found = new ArrayList<>();
    each(row -> found.add(read.apply(row)), sql, args);
    return found;
  }

  @Override
  public <T> Optional<T> one(Function<Row, T> read, String sql, @Nullable Object... args) {
    return with(
        sql,
        args,
        statement -> {
          try (ResultSet set = statement.executeQuery()) {
            return set.next()
                ? Optional.of(read.apply(new LineRow(set, sql)))
                : Optional.<T>empty();
          }
        });
  }

  @Override
  public void each(Consumer<Row> read, String sql, @Nullable Object... args) {
    with(
        sql,
        args,
        statement -> {
          try (ResultSet set = statement.executeQuery()) {
            Row row = new LineRow(set, sql);
            while (set.next()) {
              read.accept(row);
            }
          }
          return 0;
        });
  }

  @Override
  public <T extends @Nullable Object> T nested(Supplier<T> part) {
    String name = "n" + depth;
    run("SAVEPOINT " + name);
    depth++;
    try {
      T result = part.get();
      run("RELEASE " + name);
      return result;
    } catch (RuntimeException | Error e) {
      if (lost == null) {
        run("ROLLBACK TO " + name);
        run("RELEASE " + name);
      }
      throw e;
    } finally {
      depth--;
    }
  }

  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T with(String sql, @Nullable Object[] args, Use<T> use) {
    if (ended || !Thread.currentThread().equals(owner)) {
      throw new IllegalStateException("this transaction has ended, or is another thread's");
    }
    if (lost != null) {
      throw new SqlFailure("after: " + lost.getMessage(), lost.code());
    }
    PreparedStatement statement = null;
    try {
      statement = line.take(sql);
      bind(statement, args);
      T result = use.of(statement);
      line.giveBack(sql, statement);
      return result;
    } catch (SQLException e) {
      drop(statement);
      SqlFailure failure = SqlFailure.of(e, sql);
      if (failure.disk()) {
        lost = failure;
      }
      throw failure;
    } catch (RuntimeException | Error e) {
      drop(statement);
      throw e;
    }
  }

  private static void drop(@Nullable PreparedStatement statement) {
    if (statement != null) {
      Line.drop(statement);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] args)
      throws SQLException {
    int expected = statement.getParameterMetaData().getParameterCount();
    if (args.length != expected) {
      throw new IllegalArgumentException(
          "a statement with " + expected + " places got " + args.length + " values");
    }
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case null -> statement.setNull(i + 1, java.sql.Types.NULL);
        case Long value -> statement.setLong(i + 1, value);
        case Integer value -> statement.setInt(i + 1, value);
        case Boolean value -> statement.setInt(i + 1, value ? 1 : 0);
        case String value -> statement.setString(i + 1, value);
        case byte[] value -> statement.setBytes(i + 1, value);
        case Object other ->
            throw new IllegalArgumentException(
                "not a value of the store: " + other.getClass().getName());
      }
    }
  }
}
