package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings a file to the tables that this program knows, or refuses it. */
final class Migrations {

  private static final String APPLICATION = String.valueOf(0x57464C4B);
  private static final String RECORD =
      "CREATE TABLE IF NOT EXISTS store_shelf (shelf TEXT NOT NULL, version INTEGER NOT NULL,"
          + " PRIMARY KEY (shelf, version)) STRICT, WITHOUT ROWID";

  private Migrations() {}

  /** Looks at a file before anything is written to it. */
  static void check(Line line, Path file, List<Shelf> shelves) throws IOException, SQLException {
    String application = line.pragma("application_id");
    if ("0".equals(application) && "0".equals(line.pragma("schema_version"))) {
      return; // nothing in it yet
    }
    if (!APPLICATION.equals(application)) {
      throw new IOException(file + ": is a database, but not a store of Wayfolk: left alone");
    }
    Map<String, Integer> known = new HashMap<>();
    known.put(Profile.SHELF, Profile.MIGRATIONS.size());
    shelves.forEach(shelf -> known.put(shelf.name(), shelf.migrations().size()));
    for (Map.Entry<String, Integer> found : versions(new LineTx(line)).entrySet()) {
      Integer version = known.get(found.getKey());
      if (version == null || found.getValue() > version) {
        throw new IOException(
            file
                + ": was written by a newer version of this program ("
                + found.getKey()
                + " "
                + found.getValue()
                + (version == null ? "" : ", this one knows " + version)
                + "): left alone. Use that version");
      }
    }
  }

  /** Runs what is missing; the caller has begun the transaction and commits it. */
  static void run(Line line, LineTx tx, List<Shelf> shelves) throws SQLException {
    if (!APPLICATION.equals(line.pragma("application_id"))) {
      line.exec("PRAGMA application_id=" + APPLICATION);
    }
    line.exec(RECORD);
    Map<String, Integer> done = versions(tx);
    run(line, tx, done, Profile.SHELF, Profile.MIGRATIONS);
    for (Shelf shelf : shelves) {
      run(line, tx, done, shelf.name(), shelf.migrations());
    }
  }

  private static void run(
      Line line, LineTx tx, Map<String, Integer> done, String shelf, List<String> scripts)
      throws SQLException {
    for (int version = done.getOrDefault(shelf, 0) + 1; version <= scripts.size(); version++) {
      line.exec(scripts.get(version - 1));
      tx.run("INSERT INTO store_shelf (shelf, version) VALUES (?, ?)", shelf, version);
    }
  }

  static Map<String, Integer> versions(Tx tx) {
    Map<String, Integer> versions = new HashMap<>();
    tx.each(
        row -> versions.put(row.text("shelf"), row.i32("version")),
        "SELECT shelf, max(version) AS version FROM store_shelf GROUP BY shelf");
    return versions;
  }
}
