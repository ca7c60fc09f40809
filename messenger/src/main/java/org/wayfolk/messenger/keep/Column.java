package org.wayfolk.messenger.keep;

import java.util.List;
import org.wayfolk.store.Tx;

/**
 * A column of a STRICT table.
 *
 * @param needed whether a row must say something for it
 */
record Column(String name, Type type, boolean needed) {

  enum Type {
    INTEGER,
    TEXT,
    BLOB
  }

  /** The columns of a table as it is in this file; none if there is no such table. */
  static List<Column> of(Tx tx, Table table) {
    return tx.list(
        row -> new Column(row.text("name"), Type.valueOf(row.text("type")), row.i64("needed") != 0),
        "SELECT name, type, \"notnull\" = 1 AND dflt_value IS NULL AS needed FROM"
            + " pragma_table_info(?) ORDER BY cid",
        table.name());
  }
}
