package org.wayfolk.messenger.outbox;

import java.util.List;
import java.util.Optional;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** One lane a device, and the controls that go before its messages. Decides nothing. */
final class Lanes {
  private static final String PAYLOAD = "outbox_control.payload";

  /** Which device. */
  record Key(long friend, int device) {
    static Key of(Device device) {
      return new Key(device.friend(), device.number());
    }
  }

  /**
   * How a lane fares.
   *
   * @param failures tries in a row that did not get through
   * @param nextAt nothing is tried before, if there were failures
   * @param failedAt when the last one failed
   * @param seenAt when the device was seen last, while it failed
   * @param why of the last failure
   */
  record Lane(int failures, long nextAt, long failedAt, long seenAt, Why why) {
    static final Lane NEW = new Lane(0, 0, 0, 0, Why.NOTHING);
  }

  /** A control that waits. */
  record Waiting(long id, Control kind, int tries) {}

  Lane lane(Turn t, Key key) {
    return t.tx()
        .one(
            r ->
                new Lane(
                    (int) r.i64("failures"),
                    r.i64("next_at"),
                    r.i64("failed_at"),
                    r.i64("seen_at"),
                    Why.valueOf(r.text("why"))),
            "SELECT failures, next_at, failed_at, seen_at, why FROM outbox_lane"
                + " WHERE friend = ? AND device = ?",
            key.friend,
            key.device)
        .orElse(Lane.NEW);
  }

  void put(Turn t, Key key, Lane lane) {
    t.tx()
        .run(
            "INSERT INTO outbox_lane"
                + " (friend, device, failures, next_at, failed_at, seen_at, why)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (friend, device) DO UPDATE SET"
                + " failures = excluded.failures, next_at = excluded.next_at,"
                + " failed_at = excluded.failed_at, seen_at = excluded.seen_at,"
                + " why = excluded.why",
            key.friend,
            key.device,
            lane.failures,
            lane.nextAt,
            lane.failedAt,
            lane.seenAt,
            lane.why.name());
  }

  /** Something arrived. */
  void arrived(Turn t, Key key, int hops, long roundTrip) {
    t.tx()
        .run(
            "INSERT INTO outbox_lane (friend, device, arrived_at, hops, round_trip)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (friend, device) DO UPDATE SET"
                + " arrived_at = excluded.arrived_at, hops = excluded.hops,"
                + " round_trip = excluded.round_trip",
            key.friend,
            key.device,
            t.now(),
            hops,
            roundTrip);
  }

  /** More than a list shows at once. */
  private static final int MAX_FARED = 1_000;

  private static final String FARED =
      "SELECT friend, device, failures, failed_at, seen_at, arrived_at, hops, round_trip"
          + " FROM outbox_lane ";

  /** How it fares with the devices of a friend. */
  static List<Fared> fared(Tx tx, long friend) {
    return tx.list(Lanes::fared, FARED + "WHERE friend = ?", friend);
  }

  /** How it fares with all devices, those first with which something happened last. */
  static List<Fared> fared(Tx tx) {
    return tx.list(
        Lanes::fared, FARED + "ORDER BY max(arrived_at, failed_at) DESC LIMIT ?", MAX_FARED);
  }

  private static Fared fared(Row r) {
    return new Fared(
        r.i64("friend"),
        (int) r.i64("device"),
        (int) r.i64("failures"),
        r.i64("failed_at"),
        r.i64("seen_at"),
        r.i64("arrived_at"),
        (int) r.i64("hops"),
        r.i64("round_trip"));
  }

  /** A session with that device was lost and is made anew. The lane must be there. */
  void renewed(Turn t, Key key) {
    t.tx()
        .run(
            "UPDATE outbox_lane SET renewed_before = renewed_at, renewed_at = ?"
                + " WHERE friend = ? AND device = ?",
            t.now(),
            key.friend,
            key.device);
  }

  /**
   * When the session before the one in use began, ms since the epoch; 0 if none was lost before.
   */
  long renewedBefore(Turn t, Key key) {
    return t.tx()
        .one(
            r -> r.i64("renewed_before") > 0 ? r.i64("renewed_before") : r.i64("renewed_at"),
            "SELECT renewed_at, renewed_before FROM outbox_lane WHERE friend = ? AND device = ?",
            key.friend,
            key.device)
        .orElse(0L);
  }

  /** Lanes with anything that waits. */
  List<Key> busy(Turn t) {
    return t.tx()
        .list(
            r -> new Key(r.i64("friend"), (int) r.i64("device")),
            "SELECT friend, device FROM outbox_delivery WHERE waits = 1"
                + " UNION SELECT friend, device FROM outbox_control");
  }

  /** A new life of the process: what was under way is not, and failures are of the past. */
  void restart(Turn t) {
    t.tx().run("UPDATE outbox_lane SET failures = 0, next_at = 0");
    t.tx()
        .run("UPDATE outbox_control SET flight = 0, next_at = 0 WHERE flight <> 0 OR next_at > 0");
  }

  void control(Turn t, Device to, Control kind, byte[] payload) {
    withdraw(t, Key.of(to), kind);
    long id =
        t.tx()
            .insert(
                "INSERT INTO outbox_control (friend, device, kind) VALUES (?, ?, ?)",
                to.friend(),
                to.number(),
                kind.code());
    byte[] sealed = t.vault().seal(PAYLOAD, Vault.row(id), payload);
    t.tx().run("UPDATE outbox_control SET payload = ? WHERE id = ?", sealed, id);
  }

  void withdraw(Turn t, Key lane, Control kind) {
    t.tx()
        .run(
            "DELETE FROM outbox_control WHERE friend = ? AND device = ? AND kind = ?",
            lane.friend,
            lane.device,
            kind.code());
  }

  /** Controls that may be sent now. */
  List<Waiting> controls(Turn t, Key lane) {
    return t.tx()
        .list(
            r -> new Waiting(r.i64("id"), Control.of((int) r.i64("kind")), (int) r.i64("tries")),
            "SELECT id, kind, tries FROM outbox_control WHERE friend = ? AND device = ?"
                + " AND flight = 0 AND next_at <= ? ORDER BY kind",
            lane.friend,
            lane.device,
            t.now());
  }

  /** When the first control that rests may be tried again. */
  long earliest(Turn t, Key lane) {
    return t.tx()
        .one(
            r -> r.isNull("at") ? Long.MAX_VALUE : r.i64("at"),
            "SELECT min(next_at) AS at FROM outbox_control WHERE friend = ? AND device = ?"
                + " AND flight = 0 AND next_at > ?",
            lane.friend,
            lane.device,
            t.now())
        .orElse(Long.MAX_VALUE);
  }

  int flying(Turn t, Key lane) {
    return t.tx()
        .one(
            r -> (int) r.i64("n"),
            "SELECT count(*) AS n FROM outbox_control"
                + " WHERE friend = ? AND device = ? AND flight <> 0",
            lane.friend,
            lane.device)
        .orElse(0);
  }

  byte[] payload(Turn t, long id) {
    return t.tx()
        .one(
            r -> t.vault().open(PAYLOAD, Vault.row(id), r.blob("payload")),
            "SELECT payload FROM outbox_control WHERE id = ?",
            id)
        .orElseThrow();
  }

  void sent(Turn t, long id, long flight) {
    t.tx().run("UPDATE outbox_control SET flight = ?, tries = tries + 1 WHERE id = ?", flight, id);
  }

  /** The control of that row, if it still waits and was sent in that flight. */
  Optional<Waiting> flown(Turn t, long id, long flight) {
    return t.tx()
        .one(
            r -> new Waiting(id, Control.of((int) r.i64("kind")), (int) r.i64("tries")),
            "SELECT kind, tries FROM outbox_control WHERE id = ? AND flight = ?",
            id,
            flight);
  }

  void rest(Turn t, long id, long nextAt) {
    t.tx().run("UPDATE outbox_control SET flight = 0, next_at = ? WHERE id = ?", nextAt, id);
  }

  void awake(Turn t, Key lane) {
    t.tx()
        .run(
            "UPDATE outbox_control SET next_at = 0 WHERE friend = ? AND device = ? AND kind <> ?",
            lane.friend,
            lane.device,
            Control.ASK.code());
  }

  void forget(Turn t, long friend) {
    t.tx().run("DELETE FROM outbox_control WHERE friend = ?", friend);
    t.tx().run("DELETE FROM outbox_lane WHERE friend = ?", friend);
  }

  void gone(Turn t, Key lane) {
    t.tx()
        .run(
            "DELETE FROM outbox_control WHERE friend = ? AND device = ?", lane.friend, lane.device);
  }
}
