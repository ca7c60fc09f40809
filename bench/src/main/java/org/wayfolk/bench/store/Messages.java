package org.wayfolk.bench.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Row;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** A table like a messenger's: a conversation, a time, a sealed text; indexed for search. */
final class Messages implements Shelf {

  private final SearchIndex index;

  Messages(SearchIndex index) {
    this.index = index;
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public List<String> migrations() {
    return List.of(
        "CREATE TABLE bench_message (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,"
            + " at INTEGER NOT NULL, body BLOB) STRICT;"
            + "CREATE INDEX bench_shown ON bench_message (conversation, at);");
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "bench_message", "id", List.of("body"));
    tx.each(
        row -> index.add(tx, to, row.i64("id"), text(to, row)),
        "SELECT id, body FROM bench_message ORDER BY id");
  }

  void add(Tx tx, Vault vault, long id, int conversation, String text) {
    tx.run(
        "INSERT INTO bench_message (id, conversation, at, body) VALUES (?, ?, ?, ?)",
        id,
        conversation,
        id * 1_000,
        vault.seal("bench_message.body", Vault.row(id), text.getBytes(StandardCharsets.UTF_8)));
    index.add(tx, vault, id, text);
  }

  List<String> last(Tx tx, Vault vault, int conversation, int count) {
    return tx.list(
        row -> text(vault, row),
        "SELECT id, body FROM bench_message WHERE conversation = ? ORDER BY at DESC LIMIT ?",
        conversation,
        count);
  }

  private static String text(Vault vault, Row row) {
    byte[] plain = vault.open("bench_message.body", Vault.row(row.i64("id")), row.blob("body"));
    return new String(plain, StandardCharsets.UTF_8);
  }
}
