package org.wayfolk.messenger.keep;

import java.util.List;
import org.wayfolk.store.Tx;

/** A column of a STRICT table and its type. */
record Column(String name, Type type) {

  enum Type {
    INTEGER,
    TEXT,
    BLOB
  }

  /** The columns of a table as it is in this file; none if there is no such table. */
  static List<Column> of(Tx tx, Table table) {
    return tx.list(
        row -> new Column(row.text("name"), Type.valueOf(row.text("type"))),
        "SELECT name, type FROM pragma_table_info(?) ORDER BY cid",
        table.name());
  }
}
