package org.wayfolk.messenger.keep;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wayfolk.store.Row;
import org.wayfolk.store.Store;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * Writes tables as a stream, of which a {@code SealedFile} is made:
 *
 * <pre>
 * u8 1 | i64 when | u16 shelves, each: name, i32 version
 * tables, each: u8 1 | name | u16 columns, each: name | rows, each: u8 1, its values | u8 0
 * u8 0
 * value: u8 0 null; u8 1, i64; u8 2, text; u8 3, bytes      name, text, bytes: u32 length, content
 * </pre>
 */
record Packing(Tx tx, Vault vault, DataOutputStream out) {

  static final int VERSION = 1;
  static final int NULL = 0;
  static final int INTEGER = 1;
  static final int TEXT = 2;
  static final int BLOB = 3;

  void all(List<Table> tables, long now) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(now);
    Map<String, Integer> versions = new TreeMap<>(Store.versions(tx));
    out.writeShort(versions.size());
    for (Map.Entry<String, Integer> shelf : versions.entrySet()) {
      text(shelf.getKey());
      out.writeInt(shelf.getValue());
    }
    for (Table table : tables) {
      List<Column> columns =
          Column.of(tx, table).stream().filter(c -> !table.left().contains(c.name())).toList();
      if (!columns.isEmpty()) {
        table(table, columns);
      }
    }
    out.writeByte(0);
  }

  private void table(Table table, List<Column> columns) throws IOException {
    out.writeByte(1);
    text(table.name());
    out.writeShort(columns.size());
    for (Column column : columns) {
      text(column.name());
    }
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    tx.each(
        row -> row(table, columns, row),
        "SELECT " + names + " FROM " + table.name() + " WHERE " + table.where());
    out.writeByte(0);
  }

  private void row(Table table, List<Column> columns, Row row) {
    try {
      out.writeByte(1);
      for (Column column : columns) {
        value(table, column, row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void value(Table table, Column column, Row row) throws IOException {
    if (row.isNull(column.name())) {
      out.writeByte(NULL);
      return;
    }
    switch (column.type()) {
      case INTEGER -> {
        out.writeByte(INTEGER);
        out.writeLong(row.i64(column.name()));
      }
      case TEXT -> {
        out.writeByte(TEXT);
        text(row.text(column.name()));
      }
      case BLOB -> {
        byte[] bytes = row.blob(column.name());
        out.writeByte(BLOB);
        bytes(
            table.isSealed(column.name())
                ? vault.open(table.place(column.name()), Vault.row(row.i64(table.id())), bytes)
                : bytes);
      }
    }
  }

  private void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
