package org.wayfolk.messenger.meeting;

import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/**
 * The tables of meetings. Secrets, names, cards, NodeIds and everything sent or received are
 * sealed; in clear are times, states, counts and local numbers.
 */
final class MeetingShelf implements Shelf {
  private static final String FIRST =
      """
      CREATE TABLE meeting_invitation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        state INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        friend INTEGER,
        code_until INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        code BLOB,
        name BLOB
      ) STRICT;
      CREATE TABLE meeting_secret (
        id INTEGER PRIMARY KEY,
        invitation INTEGER NOT NULL,
        tag BLOB NOT NULL UNIQUE,
        secret BLOB NOT NULL
      ) STRICT;
      CREATE TABLE meeting_guest (
        id INTEGER PRIMARY KEY,
        invitation INTEGER NOT NULL,
        made INTEGER NOT NULL,
        met INTEGER NOT NULL,
        tag BLOB NOT NULL UNIQUE,
        peer BLOB NOT NULL,
        hello BLOB NOT NULL,
        answer BLOB NOT NULL,
        done BLOB
      ) STRICT;
      CREATE TABLE meeting_attempt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        expires INTEGER NOT NULL,
        asked INTEGER NOT NULL,
        round INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        friend INTEGER,
        tag BLOB NOT NULL UNIQUE,
        invitation BLOB NOT NULL,
        name BLOB,
        hello BLOB NOT NULL,
        answer BLOB,
        confirm BLOB
      ) STRICT;
      CREATE TABLE meeting_code (
        id INTEGER PRIMARY KEY,
        invitation INTEGER NOT NULL,
        tag BLOB NOT NULL UNIQUE,
        peer BLOB NOT NULL,
        answer BLOB
      ) STRICT;
      """;

  @Override
  public String name() {
    return "meeting";
  }

  @Override
  public List<String> migrations() {
    return List.of(FIRST);
  }

  /** The tag of what is looked up in a table. */
  static byte[] tag(Vault vault, String table, byte[] value) {
    return vault.tag(table + ".tag", value);
  }

  /** A node and 16 or 32 bytes that it chose, as tags and sealed columns name them. */
  static byte[] peer(NodeId node, byte[] chosen) {
    byte[] out = new byte[NodeId.BYTES + chosen.length];
    System.arraycopy(node.bytes(), 0, out, 0, NodeId.BYTES);
    System.arraycopy(chosen, 0, out, NodeId.BYTES, chosen.length);
    return out;
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    retag(tx, from, to, "meeting_secret", "secret");
    retag(tx, from, to, "meeting_guest", "peer");
    retag(tx, from, to, "meeting_attempt", "invitation");
    retag(tx, from, to, "meeting_code", "peer");
    Resealing.rows(tx, from, to, "meeting_invitation", "id", List.of("code", "name"));
    Resealing.rows(tx, from, to, "meeting_secret", "id", List.of("secret"));
    Resealing.rows(tx, from, to, "meeting_guest", "id", List.of("peer", "hello", "answer", "done"));
    Resealing.rows(
        tx,
        from,
        to,
        "meeting_attempt",
        "id",
        List.of("invitation", "name", "hello", "answer", "confirm"));
    Resealing.rows(tx, from, to, "meeting_code", "id", List.of("peer", "answer"));
  }

  /** A few hundred rows at most: every table here has a limit. */
  private static void retag(Tx tx, Vault from, Vault to, String table, String column) {
    String select = "SELECT id, %s AS sealed FROM %s".formatted(column, table);
    record Sealed(long id, byte[] bytes) {}
    for (Sealed row : tx.list(r -> new Sealed(r.i64("id"), r.blob("sealed")), select)) {
      byte[] value = from.open(table + "." + column, Vault.row(row.id), row.bytes);
      byte[] tag = tag(to, table, named(column, value));
      tx.run("UPDATE %s SET tag = ? WHERE id = ?".formatted(table), tag, row.id);
    }
  }

  private static byte[] named(String column, byte[] value) {
    try {
      return switch (column) {
        case "secret" -> Secrets.id(value);
        case "invitation" -> Secrets.id(Invitation.decode(value).secret());
        default -> value;
      };
    } catch (Malformed e) {
      throw new IllegalStateException("a stored invitation does not decode", e);
    }
  }
}
