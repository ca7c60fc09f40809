package org.wayfolk.messenger.keep;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Reads what {@link Packing} wrote; trusts it no further than its place in a sealed file. */
final class Unpacking {

  /** An event has at most 64 KiB; a longer value is a damaged or strange file. */
  static final int MAX_VALUE = 1 << 20;

  /** Shelves, or columns of a table. */
  private static final int MAX_NAMES = 256;

  private final DataInputStream in;
  private final List<Table> known;

  Unpacking(DataInputStream in, List<Table> known) {
    this.in = in;
    this.known = known;
  }

  /** Reads the head: the versions of the shelves whose rows follow. */
  Map<String, Integer> versions() throws IOException {
    if (in.readUnsignedByte() != Packing.VERSION) {
      throw new IOException("this backup was written by a newer version of this program");
    }
    in.readLong();
    Map<String, Integer> versions = new HashMap<>();
    int count = limited(in.readUnsignedShort(), MAX_NAMES);
    for (int i = 0; i < count; i++) {
      versions.put(text(), in.readInt());
    }
    return versions;
  }

  /** Reads all rows into the tables of this transaction. */
  void rows(Tx tx, Vault vault) throws IOException {
    Set<String> seen = new HashSet<>();
    while (more()) {
      String name = text();
      Optional<Table> table = known.stream().filter(t -> t.name().equals(name)).findFirst();
      if (table.isEmpty() || !seen.add(name)) {
        throw strange();
      }
      rows(tx, vault, table.get());
    }
    if (in.read() != -1) {
      throw strange();
    }
  }

  private void rows(Tx tx, Vault vault, Table table) throws IOException {
    List<Column> columns = columns(tx, table);
    int id = columns.stream().map(Column::name).toList().indexOf(table.id());
    if (id < 0 && !table.sealed().isEmpty()) {
      throw strange();
    }
    List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
    Column.of(tx, table).stream()
        .filter(c -> c.needed() && table.left().contains(c.name()))
        .forEach(c -> names.add(c.name()));
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table.name(),
                String.join(", ", names),
                String.join(", ", names.stream().map(n -> "?").toList()));
    while (more()) {
      @Nullable Object[] values = new @Nullable Object[names.size()];
      for (int i = 0; i < columns.size(); i++) {
        values[i] = value();
      }
      for (int i = columns.size(); i < values.length; i++) {
        values[i] = new byte[0];
      }
      seal(vault, table, columns, id, values);
      tx.run(sql, values);
    }
  }

  private static void seal(
      Vault vault, Table table, List<Column> columns, int id, @Nullable Object[] values)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).name();
      if (table.isSealed(column) && values[i] != null) {
        if (!(values[i] instanceof byte[] plain) || !(values[id] instanceof Long number)) {
          throw strange();
        }
        values[i] = vault.seal(table.place(column), Vault.row(number), plain);
      }
    }
  }

  /** Names in SQL are those of the table as it is here, whatever the file says. */
  private List<Column> columns(Tx tx, Table table) throws IOException {
    Map<String, Column> here = new HashMap<>();
    Column.of(tx, table).forEach(column -> here.put(column.name(), column));
    table.left().forEach(here::remove);
    List<Column> columns = new ArrayList<>();
    int count = limited(in.readUnsignedShort(), MAX_NAMES);
    for (int i = 0; i < count; i++) {
      Column column = here.remove(text());
      if (column == null) {
        throw strange();
      }
      columns.add(column);
    }
    return columns;
  }

  private @Nullable Object value() throws IOException {
    return switch (in.readUnsignedByte()) {
      case Packing.NULL -> null;
      case Packing.INTEGER -> in.readLong();
      case Packing.TEXT -> text();
      case Packing.BLOB -> bytes();
      default -> throw strange();
    };
  }

  private boolean more() throws IOException {
    return switch (in.readUnsignedByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw strange();
    };
  }

  private String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() throws IOException {
    byte[] bytes = new byte[limited(in.readInt(), MAX_VALUE)];
    in.readFully(bytes);
    return bytes;
  }

  private static int limited(int value, int limit) throws IOException {
    if (value < 0 || value > limit) {
      throw strange();
    }
    return value;
  }

  private static IOException strange() {
    return new IOException("this file was not written by a backup of this program");
  }
}
