package org.wayfolk.messenger.people;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** The rows of friends and of their devices. Everything that names somebody is sealed or a tag. */
record FriendRows(Tx tx, Vault vault) {

  static final String TABLES =
      """
      CREATE TABLE people_friend (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        card BLOB NOT NULL UNIQUE,
        named BLOB UNIQUE,
        claim BLOB NOT NULL,
        name BLOB NOT NULL,
        list BLOB NOT NULL,
        blocked INTEGER NOT NULL,
        verified INTEGER NOT NULL,
        alarm INTEGER NOT NULL,
        since INTEGER NOT NULL,
        proposed INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE people_device (
        node BLOB NOT NULL PRIMARY KEY,
        friend INTEGER NOT NULL,
        number INTEGER NOT NULL,
        UNIQUE (friend, number)
      ) STRICT, WITHOUT ROWID;
      """;

  private static final String COLUMNS =
      "f.id AS id, f.claim AS claim, f.name AS name, f.list AS list, f.blocked AS blocked,"
          + " f.verified AS verified, f.alarm AS alarm, f.since AS since";
  private static final String EVERYONE = "SELECT " + COLUMNS + " FROM people_friend f WHERE ";
  private static final String FRIENDS = EVERYONE + "f.proposed = 0 AND ";

  private static final String CLAIM = "people_friend.claim";
  private static final String NAME = "people_friend.name";
  private static final String LIST = "people_friend.list";

  /** Friends rewritten at once under a new key: at most 4 KiB each. */
  private static final int REKEYED_AT_ONCE = 256;

  List<Friend> all() {
    return tx.list(this::friend, FRIENDS + "f.id > 0 ORDER BY f.id");
  }

  private static final String FACE =
      "SELECT id, claim, name, blocked, verified, since FROM people_friend WHERE proposed = 0 AND ";

  List<Face> faces() {
    return tx.list(this::face, FACE + "id > 0 ORDER BY id");
  }

  Optional<Face> face(long number) {
    return tx.one(this::face, FACE + "id = ?", number);
  }

  Optional<Face> face(Card card) {
    return tx.one(this::face, FACE + "card = ?", (Object) cardTag(card));
  }

  /** Whoever has a device at that node, blocked or not. */
  Optional<Face> face(NodeId node) {
    return tx.one(
        this::face,
        FACE + "id = (SELECT friend FROM people_device WHERE node = ?)",
        (Object) nodeTag(node));
  }

  private Face face(Row row) {
    long id = row.i64("id");
    byte[] place = Vault.row(id);
    try {
      return new Face(
          id,
          RootClaim.decode(vault.open(CLAIM, place, row.blob("claim"))).card(),
          new String(vault.open(NAME, place, row.blob("name")), StandardCharsets.UTF_8),
          row.i64("blocked") != 0,
          row.i64("verified") != 0,
          row.i64("since"));
    } catch (Malformed e) {
      throw new IllegalStateException("authentic bytes of ours do not decode", e);
    }
  }

  /** How many devices each friend has. */
  Map<Long, Integer> devices() {
    Map<Long, Integer> all = new HashMap<>();
    tx.each(
        row -> all.put(row.i64("friend"), row.i32("n")),
        "SELECT friend, count(*) AS n FROM people_device GROUP BY friend");
    return all;
  }

  List<Long> numbers() {
    return tx.list(
        row -> row.i64("id"), "SELECT id FROM people_friend WHERE proposed = 0 ORDER BY id");
  }

  int count() {
    return tx.one(row -> row.i32("n"), "SELECT count(*) AS n FROM people_friend").orElse(0);
  }

  Optional<Friend> byNumber(long number) {
    return tx.one(this::friend, FRIENDS + "f.id = ?", number);
  }

  Optional<Friend> byCard(Card card) {
    return tx.one(this::friend, FRIENDS + "f.card = ?", (Object) cardTag(card));
  }

  Optional<Friend> byName(String name) {
    return tx.one(this::friend, FRIENDS + "f.named = ?", (Object) nameTag(Names.fold(name)));
  }

  /** Whoever has that card, a friend or only proposed. */
  Optional<Friend> anyone(Card card) {
    return tx.one(this::friend, EVERYONE + "f.card = ?", (Object) cardTag(card));
  }

  /** Whether somebody else than that number has a name; 0 stands for nobody. */
  boolean isTaken(String folded, long but) {
    return tx.one(
            row -> row.i64("id"),
            "SELECT id FROM people_friend WHERE named = ? AND id != ?",
            nameTag(folded),
            but)
        .isPresent();
  }

  /** The device at that node, if its friend is not blocked. */
  Optional<Device> byNode(NodeId node) {
    return tx.one(
            row -> new Found(row.i64("id"), row.i32("number"), list(row)),
            "SELECT f.id AS id, f.list AS list, d.number AS number FROM people_device d"
                + " JOIN people_friend f ON f.id = d.friend WHERE d.node = ? AND f.blocked = 0",
            (Object) nodeTag(node))
        .flatMap(found ->
            found
                .list
                .device(found.number)
                .map(certificate -> new Device(found.friend, certificate)));
  }

  private record Found(long friend, int number, DeviceList list) {}

  /** A row that no lookup finds but {@link #anyone}, until {@link #befriend}. */
  long propose(RootClaim claim, DeviceList list, long now) {
    // The number is part of what is sealed, and known only once the row is there.
    long id =
        tx.insert(
            "INSERT INTO people_friend"
                + " (card, claim, name, list, blocked, verified, alarm, since, proposed)"
                + " VALUES (?, x'', x'', x'', 0, 0, 0, ?, 1)",
            cardTag(claim.card()),
            now);
    fill(new Friend(id, claim, "", list, false, 0, 0, now));
    return id;
  }

  /** Writes a friend at a number of the past: a backup's. */
  void insert(Friend friend) {
    tx.run(
        "INSERT INTO people_friend"
            + " (id, card, claim, name, list, blocked, verified, alarm, since, proposed)"
            + " VALUES (?, ?, x'', x'', x'', 0, 0, 0, ?, 1)",
        friend.number(),
        cardTag(friend.card()),
        friend.since());
    fill(friend);
    befriend(friend);
  }

  private void fill(Friend friend) {
    byte[] row = Vault.row(friend.number());
    tx.run(
        "UPDATE people_friend SET claim = ?, name = ?, list = ? WHERE id = ?",
        vault.seal(CLAIM, row, friend.claim().encode()),
        vault.seal(NAME, row, new byte[0]),
        vault.seal(LIST, row, friend.devices().encode()),
        friend.number());
  }

  /** Makes who was proposed a friend, with name, list, and time. */
  void befriend(Friend friend) {
    tx.run(
        "UPDATE people_friend SET proposed = 0, since = ? WHERE id = ?",
        friend.since(),
        friend.number());
    update(friend);
    index(friend);
  }

  /** Deletes who is only proposed; a friend stays. */
  void withdraw(long number) {
    tx.run("DELETE FROM people_friend WHERE id = ? AND proposed = 1", number);
  }

  /** Writes what may change of a friend, but for the index of devices. */
  void update(Friend friend) {
    byte[] row = Vault.row(friend.number());
    tx.run(
        "UPDATE people_friend SET named = ?, name = ?, list = ?, blocked = ?, verified = ?,"
            + " alarm = ? WHERE id = ?",
        friend.name().isEmpty() ? null : nameTag(Names.fold(friend.name())),
        vault.seal(NAME, row, friend.name().getBytes(StandardCharsets.UTF_8)),
        vault.seal(LIST, row, friend.devices().encode()),
        friend.blocked(),
        friend.verifiedAt(),
        friend.alarmAt(),
        friend.number());
  }

  /**
   * Makes the devices of a friend's list, and no others, theirs. A node that was another friend's
   * is theirs now: its key has agreed to that, which happens when somebody starts anew with the
   * node that they had.
   */
  void index(Friend friend) {
    tx.run("DELETE FROM people_device WHERE friend = ?", friend.number());
    for (DeviceCertificate device : friend.devices().devices()) {
      tx.run(
          "INSERT OR REPLACE INTO people_device (node, friend, number) VALUES (?, ?, ?)",
          nodeTag(device.node()),
          friend.number(),
          device.number());
    }
  }

  void delete(Friend friend) {
    tx.run("DELETE FROM people_device WHERE friend = ?", friend.number());
    tx.run("DELETE FROM people_friend WHERE id = ?", friend.number());
  }

  /** Writes every sealed value and tag anew. */
  void rekey(Vault to) {
    FriendRows next = new FriendRows(tx, to);
    long after = 0;
    List<Friend> some;
    do {
      some =
          tx.list(
              this::friend, EVERYONE + "f.id > ? ORDER BY f.id LIMIT ?", after, REKEYED_AT_ONCE);
      for (Friend friend : some) {
        next.rewrite(friend);
        rekeyDevices(friend, next);
        after = friend.number();
      }
    } while (some.size() == REKEYED_AT_ONCE);
  }

  private void rewrite(Friend friend) {
    tx.run(
        "UPDATE people_friend SET card = ?, claim = ? WHERE id = ?",
        cardTag(friend.card()),
        vault.seal(CLAIM, Vault.row(friend.number()), friend.claim().encode()),
        friend.number());
    update(friend);
  }

  private void rekeyDevices(Friend friend, FriendRows next) {
    for (DeviceCertificate device : friend.devices().devices()) {
      tx.run(
          "UPDATE people_device SET node = ? WHERE friend = ? AND number = ?",
          next.nodeTag(device.node()),
          friend.number(),
          device.number());
    }
  }

  private Friend friend(Row row) {
    long id = row.i64("id");
    byte[] place = Vault.row(id);
    try {
      return new Friend(
          id,
          RootClaim.decode(vault.open(CLAIM, place, row.blob("claim"))),
          new String(vault.open(NAME, place, row.blob("name")), StandardCharsets.UTF_8),
          list(row),
          row.i64("blocked") != 0,
          row.i64("verified"),
          row.i64("alarm"),
          row.i64("since"));
    } catch (Malformed e) {
      throw new IllegalStateException("authentic bytes of ours do not decode", e);
    }
  }

  private DeviceList list(Row row) {
    try {
      return DeviceList.decode(vault.open(LIST, Vault.row(row.i64("id")), row.blob("list")));
    } catch (Malformed e) {
      throw new IllegalStateException("authentic bytes of ours do not decode", e);
    }
  }

  private byte[] cardTag(Card card) {
    return vault.tag("people_friend.card", card.bytes());
  }

  private byte[] nameTag(String folded) {
    return vault.tag("people_friend.named", folded.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] nodeTag(NodeId node) {
    return vault.tag("people_device.node", node.bytes());
  }
}
