package org.wayfolk.store;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A shelf for tests: sealed notes with a lookup tag and a search index over them. */
final class Notes implements Shelf {

  static final String V1 =
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, body BLOB NOT NULL, tag BLOB NOT NULL) STRICT;"
          + "CREATE INDEX notes_tag ON notes (tag);";

  private final SearchIndex index;
  private final List<String> migrations;

  Notes(SearchIndex index, String... more) {
    this.index = index;
    List<String> all = new java.util.ArrayList<>(List.of(V1));
    all.addAll(List.of(more));
    this.migrations = all;
  }

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public List<String> migrations() {
    return migrations;
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "notes", "id", List.of("body"));
    tx.each(
        row -> {
          String text = read(to, row);
          tx.run("UPDATE notes SET tag = ? WHERE id = ?", tag(to, text), row.i64("id"));
          index.add(tx, to, row.i64("id"), text);
        },
        "SELECT id, body FROM notes ORDER BY id");
  }

  long add(Tx tx, Vault vault, String text) {
    long id = tx.insert("INSERT INTO notes (body, tag) VALUES (?, ?)", new byte[0], new byte[0]);
    tx.run(
        "UPDATE notes SET body = ?, tag = ? WHERE id = ?",
        vault.seal("notes.body", Vault.row(id), bytes(text)),
        tag(vault, text),
        id);
    index.add(tx, vault, id, text);
    return id;
  }

  List<String> all(Tx tx, Vault vault) {
    return tx.list(row -> read(vault, row), "SELECT id, body FROM notes ORDER BY id");
  }

  List<Long> exactly(Tx tx, Vault vault, String text) {
    return tx.list(row -> row.i64("id"), "SELECT id FROM notes WHERE tag = ?", tag(vault, text));
  }

  static String read(Vault vault, Row row) {
    byte[] plain = vault.open("notes.body", Vault.row(row.i64("id")), row.blob("body"));
    return new String(plain, StandardCharsets.UTF_8);
  }

  private static byte[] tag(Vault vault, String text) {
    return vault.tag("notes.body", bytes(text));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
