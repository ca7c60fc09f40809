package org.wayfolk.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of the JDBC driver's result. */
final class LineRow implements Row {

  private final ResultSet set;
  private final String sql;

  LineRow(ResultSet set, String sql) {
    this.set = set;
    this.sql = sql;
  }

  @Override
  public long i64(String column) {
    try {
      long value = set.getLong(column);
      if (value == 0 && set.wasNull()) {
        throw missing(column);
      }
      return value;
    } catch (SQLException e) {
      throw SqlFailure.of(e, sql);
    }
  }

  @Override
  public int i32(String column) {
    long value = i64(column);
    if (value != (int) value) {
      throw new SqlFailure("column " + column + " is too large in: " + sql, 0);
    }
    return (int) value;
  }

  @Override
  public String text(String column) {
    String value = textOrNull(column);
    if (value == null) {
      throw missing(column);
    }
    return value;
  }

  @Override
  public byte[] blob(String column) {
    byte[] value = blobOrNull(column);
    if (value == null) {
      throw missing(column);
    }
    return value;
  }

  @Override
  public byte @Nullable [] blobOrNull(String column) {
    try {
      return set.getBytes(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e, sql);
    }
  }

  @Override
  public @Nullable String textOrNull(String column) {
    try {
      return set.getString(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e, sql);
    }
  }

  @Override
  public boolean isNull(String column) {
    try {
      return set.getObject(column) == null;
    } catch (SQLException e) {
      throw SqlFailure.of(e, sql);
    }
  }

  private SqlFailure missing(String column) {
    return new SqlFailure("column " + column + " is null in: " + sql, 0);
  }
}
