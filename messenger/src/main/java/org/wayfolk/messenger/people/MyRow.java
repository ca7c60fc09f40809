package org.wayfolk.messenger.people;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.person.RootClaim;
import org.wayfolk.messenger.person.RootKey;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** The one row that is me. */
record MyRow(Tx tx, Vault vault) {

  static final String TABLE =
      """
      CREATE TABLE people_me (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        entropy BLOB,
        root BLOB,
        claim BLOB NOT NULL,
        name BLOB NOT NULL,
        device BLOB NOT NULL,
        number INTEGER NOT NULL,
        list BLOB NOT NULL
      ) STRICT;
      """;

  private static final long ID = 1;
  private static final String PLACE = "people_me.";

  /**
   * Me as stored; {@code number} says which of the devices is this one. Of a restored backup that
   * has no device yet it is the number of the backup's device, negative.
   */
  record Stored(RootClaim claim, String name, int number, DeviceList list, boolean written) {
    Stored with(DeviceList next) {
      return as(number, next);
    }

    Stored as(int device, DeviceList next) {
      return new Stored(claim, name, device, next, written);
    }

    boolean restored() {
      return number < 0;
    }
  }

  Optional<Stored> read() {
    return tx.one(
        this::stored, "SELECT entropy, claim, name, number, list FROM people_me WHERE id = 1");
  }

  private Stored stored(Row row) {
    try {
      return new Stored(
          RootClaim.decode(open("claim", row.blob("claim"))),
          new String(open("name", row.blob("name")), StandardCharsets.UTF_8),
          row.i32("number"),
          DeviceList.decode(open("list", row.blob("list"))),
          row.isNull("entropy"));
    } catch (Malformed e) {
      throw new IllegalStateException("authentic bytes of ours do not decode", e);
    }
  }

  /** Writes me for the first time, or in place of who I was before. */
  void write(@Nullable Phrase phrase, RootKey root, DeviceKeys keys, Stored me) {
    tx.run(
        "INSERT OR REPLACE INTO people_me (id, entropy, root, claim, name, device, number, list)"
            + " VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        phrase == null ? null : seal("entropy", phrase.entropy()),
        seal("root", root.seed()),
        seal("claim", me.claim().encode()),
        seal("name", me.name().getBytes(StandardCharsets.UTF_8)),
        seal("device", keys.seed()),
        me.number(),
        seal("list", me.list().encode()));
  }

  void writeList(DeviceList list) {
    tx.run("UPDATE people_me SET list = ?", (Object) seal("list", list.encode()));
  }

  void writeDevice(int number, DeviceList list) {
    tx.run("UPDATE people_me SET number = ?", number);
    writeList(list);
  }

  void restored(byte[] deviceSeed) {
    // Negative already if the backup was made of a restored home before it ran.
    tx.run(
        "UPDATE people_me SET device = ?, number = -abs(number)",
        (Object) seal("device", deviceSeed));
  }

  void writeName(String name) {
    tx.run(
        "UPDATE people_me SET name = ?",
        (Object) seal("name", name.getBytes(StandardCharsets.UTF_8)));
  }

  void forgetEntropy() {
    tx.run("UPDATE people_me SET entropy = NULL");
  }

  Optional<Phrase> phrase() {
    return secret("entropy").map(Phrase::of);
  }

  Optional<RootKey> root() {
    return secret("root").map(RootKey::ofSeed);
  }

  DeviceKeys keys() {
    return DeviceKeys.ofSeed(secret("device").orElseThrow());
  }

  private Optional<byte[]> secret(String column) {
    return tx.one(
        row -> open(column, row.blob("secret")),
        "SELECT " + column + " AS secret FROM people_me WHERE " + column + " IS NOT NULL");
  }

  void rekey(Vault to) {
    Resealing.rows(
        tx,
        vault,
        to,
        "people_me",
        "id",
        List.of("entropy", "root", "claim", "name", "device", "list"));
  }

  private byte[] seal(String column, byte[] plain) {
    return vault.seal(PLACE + column, Vault.row(ID), plain);
  }

  private byte[] open(String column, byte[] sealed) {
    return vault.open(PLACE + column, Vault.row(ID), sealed);
  }
}
