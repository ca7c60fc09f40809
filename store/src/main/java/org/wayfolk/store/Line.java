package org.wayfolk.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** One connection to the file and its prepared statements. Used by one thread at a time. */
final class Line implements AutoCloseable {

  /** More than all statements of the program; a bound for a caller who builds SQL from values. */
  static final int MAX_STATEMENTS = 512;

  /** Nobody else may write; a reader of ours holds no lock that a writer waits for. */
  private static final int BUSY_MILLIS = 5_000;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  private Line(Connection connection) {
    this.connection = connection;
  }

  /** Looks without changing anything: not even the log is moved into the main file at its end. */
  static Line looking(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return open(file, config);
  }

  static Line writing(Path file, Durability durability) throws SQLException {
    Line line = open(file, config());
    line.pragma("journal_mode=WAL");
    line.exec("PRAGMA wal_autocheckpoint=0");
    line.exec("PRAGMA synchronous=" + durability.name());
    line.exec("PRAGMA fullfsync=ON");
    line.exec("PRAGMA checkpoint_fullfsync=ON");
    line.exec("PRAGMA foreign_keys=ON");
    line.exec("PRAGMA secure_delete=ON");
    line.exec("PRAGMA temp_store=MEMORY");
    return line;
  }

  static Line reading(Path file) throws SQLException {
    Line line = open(file, config());
    line.exec("PRAGMA wal_autocheckpoint=0");
    line.exec("PRAGMA temp_store=MEMORY");
    line.exec("PRAGMA query_only=ON");
    return line;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // Else the driver asks for the rowid after each INSERT and leaves that question open.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static Line open(Path file, SQLiteConfig config) throws SQLException {
    Properties properties = config.toProperties();
    return new Line(JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties));
  }

  /** Runs statements without arguments. */
  void exec(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Sets or asks a pragma that answers one row; returns its first column. */
  @Nullable String pragma(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA " + pragma)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** A statement that nobody else uses until it is given back: the same SQL may run nested. */
  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    return statement != null ? statement : connection.prepareStatement(sql);
  }

  /**
   * Takes a statement back with what was bound to it, which the next user binds anew: clearing it
   * would make SQLite prepare most statements with an ORDER BY again.
   */
  void giveBack(String sql, PreparedStatement statement) {
    try {
      PreparedStatement other = idle.put(sql, statement);
      if (other != null) {
        other.close();
      }
      if (idle.size() > MAX_STATEMENTS) {
        Map.Entry<String, PreparedStatement> eldest = idle.pollFirstEntry();
        if (eldest != null) {
          eldest.getValue().close();
        }
      }
    } catch (SQLException e) {
      drop(statement);
    }
  }

  /** A statement that failed is not used again. */
  static void drop(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // It reports the failure that we already have.
      return;
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
    connection.close();
  }
}
