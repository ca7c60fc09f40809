package org.wayfolk.store;

import java.util.List;

/** Moves the sealed columns of a table to a new key, a few rows at a time. */
public final class Resealing {

  /** Rows held in memory at once: with texts of 64 KiB still only 16 MiB. */
  private static final int ROWS = 256;

  private Resealing() {}

  /**
   * Reseals columns of every row of {@code table}.
   *
   * <p>For values sealed as {@code vault.seal(table + "." + column, Vault.row(id), plain)}, where
   * {@code id} is the table's INTEGER PRIMARY KEY. Null stays null. Tags are the caller's.
   *
   * @param table a table's name, from code
   * @param id its integer primary key
   * @param columns sealed BLOB columns
   */
  public static void rows(
      Tx tx, Vault from, Vault to, String table, String id, List<String> columns) {
    for (String column : columns) {
      column(tx, from, to, table, id, column);
    }
  }

  private static void column(Tx tx, Vault from, Vault to, String table, String id, String column) {
    String place = table + "." + column;
    String select =
        ("SELECT %1$s AS id, %2$s AS sealed FROM %3$s WHERE %1$s > ? AND %2$s IS NOT NULL"
                + " ORDER BY %1$s LIMIT ?")
            .formatted(id, column, table);
    String update = "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, column, id);
    long after = Long.MIN_VALUE;
    List<Sealed> some;
    do {
      some = tx.list(row -> new Sealed(row.i64("id"), row.blob("sealed")), select, after, ROWS);
      for (Sealed one : some) {
        byte[] row = Vault.row(one.id);
        tx.run(update, to.seal(place, row, from.open(place, row, one.bytes)), one.id);
        after = one.id;
      }
    } while (some.size() == ROWS);
  }

  private record Sealed(long id, byte[] bytes) {}
}
