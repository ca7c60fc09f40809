package org.wayfolk.messenger.outbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Journal and deliveries, in and out of the tables. Decides nothing. */
final class Legs {
  private static final String BYTES = "outbox_journal.bytes";
  private static final String REPLACES = "outbox_delivery.replaces";

  /** As many as a friend may have again in other ways. */
  private static final int MAX_COUNTED = 10_000;

  /** Keeps the bytes of an event; nothing if it is kept already. */
  void journal(Turn t, EventId event, byte[] bytes) {
    boolean there =
        t.tx()
            .one(r -> true, "SELECT 1 FROM outbox_journal WHERE event = ?", event.bytes())
            .isPresent();
    if (there) {
      return;
    }
    long id = t.tx().insert("INSERT INTO outbox_journal (event) VALUES (?)", event.bytes());
    byte[] sealed = t.vault().seal(BYTES, Vault.row(id), bytes);
    t.tx().run("UPDATE outbox_journal SET bytes = ? WHERE id = ?", sealed, id);
  }

  /** The bytes of an event that is still to be delivered to somebody. */
  byte[] bytes(Turn t, EventId event) {
    return t.tx()
        .one(
            r -> t.vault().open(BYTES, Vault.row(r.i64("id")), r.blob("bytes")),
            "SELECT id, bytes FROM outbox_journal WHERE event = ?",
            event.bytes())
        .orElseThrow(() -> new IllegalStateException("a delivery without its event"));
  }

  /** Forgets the bytes of an event that no device waits for. */
  void release(Turn t, EventId event) {
    t.tx()
        .run(
            "DELETE FROM outbox_journal WHERE event = ? AND NOT EXISTS"
                + " (SELECT 1 FROM outbox_delivery d WHERE d.event = outbox_journal.event"
                + " AND d.waits = 1)",
            event.bytes());
  }

  byte @Nullable [] tag(Turn t, byte @Nullable [] replaces) {
    return replaces == null ? null : t.vault().tag(REPLACES, replaces);
  }

  long insert(Turn t, EventId event, Device to, long place, byte @Nullable [] replaces, Why why) {
    return t.tx()
        .insert(
            "INSERT INTO outbox_delivery"
                + " (event, friend, device, place, replaces, waits, stage, why, queued_at)"
                + " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)",
            event.bytes(),
            to.friend(),
            to.number(),
            place,
            replaces,
            Stage.QUEUED.name(),
            why.name(),
            t.now());
  }

  Optional<Leg> leg(Turn t, long id) {
    return t.tx()
        .one(Leg::read, "SELECT " + Leg.COLUMNS + " FROM outbox_delivery WHERE id = ?", id);
  }

  Optional<Leg> leg(Turn t, EventId event, Device to) {
    return t.tx()
        .one(
            Leg::read,
            "SELECT "
                + Leg.COLUMNS
                + " FROM outbox_delivery"
                + " WHERE event = ? AND friend = ? AND device = ?",
            event.bytes(),
            to.friend(),
            to.number());
  }

  List<Leg> of(Tx tx, EventId event) {
    return tx.list(
        Leg::read,
        "SELECT " + Leg.COLUMNS + " FROM outbox_delivery WHERE event = ? ORDER BY friend, device",
        event.bytes());
  }

  /** Those to be sent next, in order. */
  List<Leg> next(Turn t, Lanes.Key lane, long until, int count) {
    return t.tx()
        .list(
            Leg::read,
            "SELECT "
                + Leg.COLUMNS
                + " FROM outbox_delivery WHERE friend = ? AND device = ?"
                + " AND waits = 1 AND flight = 0 AND next_at <= ? ORDER BY place LIMIT ?",
            lane.friend(),
            lane.device(),
            until,
            count);
  }

  List<Leg> waiting(Turn t, Lanes.Key lane) {
    return t.tx()
        .list(
            Leg::read,
            "SELECT "
                + Leg.COLUMNS
                + " FROM outbox_delivery WHERE friend = ? AND device = ?"
                + " AND waits = 1 ORDER BY place",
            lane.friend(),
            lane.device());
  }

  boolean anyWaits(Turn t, Lanes.Key lane) {
    return t.tx()
        .one(
            r -> true,
            "SELECT 1 FROM outbox_delivery WHERE friend = ? AND device = ? AND waits = 1 LIMIT 1",
            lane.friend(),
            lane.device())
        .isPresent();
  }

  /** When the first of those that rest may be tried again; {@link Long#MAX_VALUE} if none rests. */
  long earliest(Turn t, Lanes.Key lane) {
    return t.tx()
        .one(
            r -> r.i64("next_at"),
            "SELECT next_at FROM outbox_delivery WHERE friend = ? AND device = ? AND waits = 1"
                + " AND next_at > 0 AND next_at > ? ORDER BY next_at LIMIT 1",
            lane.friend(),
            lane.device(),
            t.now())
        .orElse(Long.MAX_VALUE);
  }

  int flying(Turn t, Lanes.Key lane) {
    return t.tx()
        .one(
            r -> (int) r.i64("n"),
            "SELECT count(*) AS n FROM outbox_delivery"
                + " WHERE friend = ? AND device = ? AND flight <> 0",
            lane.friend(),
            lane.device())
        .orElse(0);
  }

  /** First and last place of those that wait: {@code [0, -1]} if none does. */
  long[] places(Turn t, Lanes.Key lane) {
    // Two queries: one for both ends would walk over all between them.
    return new long[] {place(t, lane, "ASC", 0), place(t, lane, "DESC", -1)};
  }

  private static long place(Turn t, Lanes.Key lane, String order, long none) {
    return t.tx()
        .one(
            r -> r.i64("place"),
            "SELECT place FROM outbox_delivery WHERE friend = ? AND device = ? AND waits = 1"
                + " ORDER BY place "
                + order
                + " LIMIT 1",
            lane.friend(),
            lane.device())
        .orElse(none);
  }

  byte @Nullable [] payload(Turn t, long id) {
    return t.tx()
        .one(
            r -> Optional.ofNullable(r.blobOrNull("payload")),
            "SELECT payload FROM outbox_delivery WHERE id = ?",
            id)
        .orElseThrow()
        .orElse(null);
  }

  void payload(Turn t, long id, byte[] payload) {
    t.tx().run("UPDATE outbox_delivery SET payload = ? WHERE id = ?", payload, id);
  }

  void sent(Turn t, Leg leg, long flight) {
    Stage stage = leg.again() ? Stage.DELIVERED : Stage.SENT;
    t.tx()
        .run(
            "UPDATE outbox_delivery SET flight = ?, stage = ?, why = ?, sent_at = ?,"
                + " tries = tries + 1, left_tries = left_tries + 1, next_at = 0 WHERE id = ?",
            flight,
            stage.name(),
            Why.NOTHING.name(),
            t.now(),
            leg.id());
  }

  void failed(Turn t, Leg leg, Why why, boolean left, boolean refused, long nextAt) {
    Stage stage = leg.again() ? Stage.DELIVERED : Stage.QUEUED;
    t.tx()
        .run(
            "UPDATE outbox_delivery SET flight = 0, stage = ?, why = ?, left_tries = left_tries -"
                + " ?, refused = refused + ?, next_at = ? WHERE id = ?",
            stage.name(),
            why.name(),
            left ? 0 : 1,
            refused ? 1 : 0,
            nextAt,
            leg.id());
  }

  void delivered(Turn t, Leg leg, int hops, long roundTrip) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET flight = 0, waits = 0, payload = NULL, stage = ?, why = ?,"
                + " delivered_at = ?, hops = ?, round_trip = ?, next_at = 0 WHERE id = ?",
            Stage.DELIVERED.name(),
            Why.NOTHING.name(),
            leg.again() ? leg.shown().deliveredAt() : t.now(),
            hops,
            roundTrip,
            leg.id());
  }

  /** It will not be tried any more. */
  void over(Turn t, Leg leg, Why why) {
    Stage stage = leg.again() ? Stage.DELIVERED : Stage.FAILED;
    t.tx()
        .run(
            "UPDATE outbox_delivery SET flight = 0, waits = 0, payload = NULL, stage = ?, why = ?,"
                + " next_at = 0 WHERE id = ?",
            stage.name(),
            why.name(),
            leg.id());
  }

  void why(Turn t, Leg leg, Why why) {
    t.tx().run("UPDATE outbox_delivery SET why = ? WHERE id = ?", why.name(), leg.id());
  }

  void delete(Turn t, Leg leg) {
    t.tx().run("DELETE FROM outbox_delivery WHERE id = ?", leg.id());
  }

  /** Those that wait, are not under way, and are replaced by what has that tag. */
  List<Leg> replaced(Turn t, Device to, byte[] tag, long before) {
    return t.tx()
        .list(
            Leg::read,
            "SELECT "
                + Leg.COLUMNS
                + " FROM outbox_delivery WHERE friend = ? AND device = ?"
                + " AND waits = 1 AND flight = 0 AND replaces = ? AND id < ?",
            to.friend(),
            to.number(),
            tag,
            before);
  }

  /** Whether something newer with the same tag waits. */
  boolean isReplaced(Turn t, Leg leg) {
    return t.tx()
        .one(
            r -> true,
            "SELECT 1 FROM outbox_delivery n JOIN outbox_delivery o ON n.friend = o.friend"
                + " AND n.device = o.device AND n.replaces = o.replaces"
                + " WHERE o.id = ? AND n.id > o.id AND n.waits = 1",
            leg.id())
        .isPresent();
  }

  /** What waits is to be sealed in another session; nothing of it is under way any more. */
  void unseal(Turn t, Lanes.Key lane) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET payload = NULL, flight = 0, next_at = 0, refused = 0"
                + " WHERE friend = ? AND device = ? AND waits = 1",
            lane.friend(),
            lane.device());
  }

  void again(Turn t, Leg leg, long place) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET waits = 1, flight = 0, next_at = 0, place = ? WHERE id = ?",
            place,
            leg.id());
  }

  /** What had failed waits again. */
  void anew(Turn t, Leg leg, long place) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET waits = 1, flight = 0, next_at = 0, place = ?, refused = 0,"
                + " payload = NULL, stage = ?, why = ?, queued_at = ? WHERE id = ?",
            place,
            Stage.QUEUED.name(),
            Why.BEHIND_OTHERS.name(),
            t.now(),
            leg.id());
  }

  /**
   * From now on that sequence counts for what waits and for what arrived since then, in place of
   * their own.
   *
   * @param since ms since the epoch; 0 for nothing that arrived
   */
  void countAs(Turn t, Lanes.Key lane, long sequence, long since) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET counts_as = ? WHERE friend = ? AND device = ?"
                + " AND (waits = 1 OR (? > 0 AND delivered_at >= ?))",
            sequence,
            lane.friend(),
            lane.device(),
            since,
            since);
  }

  /** Events that arrived, and count for more than a sequence that is not their own. */
  List<EventId> countedAbove(Turn t, Lanes.Key lane, long sequence) {
    return t.tx()
        .list(
            r -> EventId.of(r.blob("event")),
            "SELECT event FROM outbox_delivery WHERE friend = ? AND device = ? AND counts_as > ?"
                + " AND waits = 0 AND stage = ? ORDER BY id LIMIT ?",
            lane.friend(),
            lane.device(),
            sequence,
            Stage.DELIVERED.name(),
            MAX_COUNTED);
  }

  /** What rests for longer may be tried from {@code at} on. */
  void awake(Turn t, Lanes.Key lane, long at) {
    t.tx()
        .run(
            "UPDATE outbox_delivery SET next_at = ? WHERE friend = ? AND device = ? AND waits = 1"
                + " AND next_at > 0 AND next_at > ?",
            at,
            lane.friend(),
            lane.device(),
            at);
  }

  /** A new life of the process: nothing is under way, and nothing rests. */
  void land(Turn t) {
    t.tx().run("UPDATE outbox_delivery SET flight = 0 WHERE flight <> 0");
    t.tx().run("UPDATE outbox_delivery SET next_at = 0 WHERE waits = 1 AND next_at > 0");
  }

  void forget(Turn t, long friend) {
    t.tx()
        .run(
            "DELETE FROM outbox_journal WHERE event IN"
                + " (SELECT event FROM outbox_delivery WHERE friend = ?) AND NOT EXISTS"
                + " (SELECT 1 FROM outbox_delivery d WHERE d.event = outbox_journal.event"
                + " AND d.waits = 1 AND d.friend <> ?)",
            friend,
            friend);
    t.tx().run("DELETE FROM outbox_delivery WHERE friend = ?", friend);
  }
}
