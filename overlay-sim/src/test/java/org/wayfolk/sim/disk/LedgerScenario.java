package org.wayfolk.sim.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A real database on a {@link SimDisk}: random transactions and checkpoints, and the power goes at
 * random. Beside it the truth: what was told as committed.
 */
final class LedgerScenario implements AutoCloseable {
  /** As an argument of {@link #run}: the power never goes. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final String[] MODES = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};

  final SimDisk disk;
  final List<String> faults = new ArrayList<>();
  int losses;
  int undecided;
  int arrivedUntold;
  private final Path database;
  private final Sync sync;
  private final int pageBytes;
  private final SplittableRandom dice;
  private Map<Integer, Integer> truth = new HashMap<>();
  private Map<Integer, Integer> untold = new HashMap<>();
  private Connection connection;

  LedgerScenario(Path directory, Sync sync, int pageBytes, long seed) throws SQLException {
    this.database = directory.resolve("ledger-" + seed + ".db");
    this.sync = sync;
    this.pageBytes = pageBytes;
    this.dice = new SplittableRandom(seed);
    this.disk = new SimDisk(database, sync);
    this.connection = open();
    run("CREATE TABLE ledger(k INTEGER PRIMARY KEY, v INTEGER NOT NULL, body BLOB NOT NULL)");
    run("CREATE INDEX by_value ON ledger(v)");
    disk.committed();
  }

  /** So many transactions; about every {@code each}-th time the power goes. */
  void run(int transactions, int each) throws SQLException {
    for (int i = 0; i < transactions && faults.isEmpty(); i++) {
      switch (dice.nextInt(each)) {
        case 0 -> disk.powerLoss(dice);
        case 1 -> disk.powerLossIn(Moment.COMMIT, 1 + dice.nextInt(4), dice, () -> {});
        case 2 -> disk.powerLossIn(Moment.CHECKPOINT, 1, dice, () -> {});
        default -> {
          // Goes on.
        }
      }
      if (!disk.off()) {
        transaction();
      }
      if (!disk.off() && dice.nextInt(12) == 0) {
        checkpoint(each < NEVER);
      }
      if (disk.off()) {
        restart();
      }
    }
  }

  /** The program is killed and started again. */
  void kill() {
    disk.kill();
    restart();
  }

  void transaction() throws SQLException {
    untold = new HashMap<>(truth);
    run("BEGIN IMMEDIATE");
    for (int n = 1 + dice.nextInt(6); n > 0; n--) {
      int key = dice.nextInt(300);
      if (dice.nextInt(4) == 0) {
        run("DELETE FROM ledger WHERE k = " + key);
        untold.remove(key);
      } else {
        int value = dice.nextInt();
        put(key, value);
        untold.put(key, value);
      }
    }
    if (dice.nextInt(10) == 0) {
      run("ROLLBACK");
      return;
    }
    run("COMMIT");
    disk.committed();
    if (!disk.off()) {
      truth = untold;
    }
  }

  void checkpoint(boolean lossy) throws SQLException {
    disk.checkpointing();
    if (!disk.off() && lossy && dice.nextInt(8) == 0) {
      disk.powerLoss(dice);
    }
    run("PRAGMA wal_checkpoint(" + MODES[dice.nextInt(MODES.length)] + ")");
    if (!disk.off() && lossy && dice.nextInt(8) == 0) {
      disk.powerLoss(dice);
    }
    disk.checkpointed();
  }

  private void restart() {
    losses++;
    try {
      connection.close();
      disk.powerBack();
      connection = open();
      check();
    } catch (SQLException e) {
      faults.add("cannot be opened or read: " + e.getMessage());
    }
  }

  private void check() throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery("PRAGMA integrity_check")) {
      if (!r.next() || !r.getString(1).equals("ok")) {
        faults.add("integrity: " + r.getString(1));
      }
    }
    Map<Integer, Integer> found = new HashMap<>();
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery("SELECT k, v, body FROM ledger")) {
      while (r.next()) {
        found.put(r.getInt(1), r.getInt(2));
        if (r.getBytes(3).length != bodyBytes(r.getInt(2))) {
          faults.add("row " + r.getInt(1) + " is not what was written");
        }
      }
    }
    boolean told = found.equals(truth);
    boolean more = found.equals(untold);
    if (!told && !more) {
      faults.add("rows " + found.size() + ", committed " + truth.size());
    }
    if (!truth.equals(untold)) {
      undecided++;
      arrivedUntold += more ? 1 : 0;
    }
    truth = found;
    untold = found;
  }

  private void put(int key, int value) throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?)")) {
      s.setInt(1, key);
      s.setInt(2, value);
      s.setBytes(3, new byte[bodyBytes(value)]);
      s.executeUpdate();
    }
  }

  private static int bodyBytes(int value) {
    return (value >>> 8) % (value % 16 == 0 ? 9_000 : 200);
  }

  private Connection open() throws SQLException {
    Connection c = DriverManager.getConnection("jdbc:sqlite:" + database);
    try (Statement s = c.createStatement()) {
      s.execute("PRAGMA page_size = " + pageBytes);
      s.execute("PRAGMA journal_mode = WAL");
      s.execute("PRAGMA wal_autocheckpoint = 0");
      s.execute("PRAGMA synchronous = " + sync);
      // So that a transaction may write to the log before it commits.
      s.execute("PRAGMA cache_size = 10");
    }
    return c;
  }

  private void run(String sql) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
