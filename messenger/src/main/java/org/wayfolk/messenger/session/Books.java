package org.wayfolk.messenger.session;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.ratchet.RatchetState;
import org.wayfolk.messenger.session.Standing.Active;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** Peers and states, in and out of the tables. Decides nothing. */
final class Books {
  /** Old sessions of a device that are still read: more resets in 40 days are no accident. */
  static final int MAX_OLD = 8;

  /** How long what an old session sealed may still be on its way; as long as prekeys are kept. */
  static final long KEPT_MILLIS = 40L * 24 * 3_600_000;

  /**
   * Accepted payloads of a device that are remembered: far more than it can have under way at once,
   * so that a repetition is known as one.
   */
  static final int MAX_SEEN = 4096;

  /**
   * Sessions of one side within an hour, beyond which nothing is begun or told that no request of
   * ours or theirs counts for: losses of both disks that cross take three.
   */
  static final int MAX_HOURLY = 4;

  private static final int PRUNE_EVERY = 256;
  private static final String STATE = "session_state.state";

  /** One session as it lies in the table. */
  record Kept(
      long id,
      SessionId session,
      boolean active,
      boolean renewed,
      long accepted,
      long arrived,
      RatchetState state) {}

  Peer peer(Turn t, Device device) {
    return find(t, device)
        .orElseGet(() -> {
          long id =
              t.tx()
                  .insert(
                      "INSERT INTO session_peer (friend, device) VALUES (?, ?)",
                      device.friend(),
                      device.number());
          return new Peer(id, device, Standing.NEW, null, 0, null);
        });
  }

  Optional<Peer> find(Turn t, Device device) {
    return t.tx()
        .one(
            r -> read(r, device),
            "SELECT p.id AS id, p.generation AS generation, p.ask AS ask, p.asked_at AS asked_at,"
                + " p.reset_at AS reset_at, p.request AS request, p.request_at AS request_at,"
                + " p.last AS last, p.given_signed AS given_signed,"
                + " p.held_of_yours AS held_of_yours, p.held_of_mine AS held_of_mine,"
                + " s.session AS session, s.generation AS session_generation, s.mine AS mine,"
                + " s.confirmed AS confirmed, s.since AS since"
                + " FROM session_peer p LEFT JOIN session_state s"
                + " ON s.peer = p.id AND s.ended IS NULL WHERE p.friend = ? AND p.device = ?",
            device.friend(),
            device.number());
  }

  private static Peer read(Row r, Device device) {
    SessionId session = id(r, "session");
    Active active =
        session == null
            ? null
            : new Active(
                session,
                r.i64("session_generation"),
                r.i64("mine") != 0,
                r.i64("confirmed") != 0,
                r.i64("since"));
    Standing standing =
        new Standing(
            active,
            r.i64("generation"),
            id(r, "ask"),
            r.i64("asked_at"),
            r.i64("reset_at"),
            id(r, "request"),
            r.i64("request_at"));
    Held held =
        r.isNull("held_of_yours") ? null : new Held(r.i64("held_of_yours"), r.i64("held_of_mine"));
    return new Peer(
        r.i64("id"), device, standing, id(r, "last"), (int) r.i64("given_signed"), held);
  }

  private static @Nullable SessionId id(Row r, String column) {
    byte[] bytes = r.blobOrNull(column);
    return bytes == null ? null : SessionId.of(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable SessionId id) {
    return id == null ? null : id.bytes();
  }

  /** Writes everything but the active session, which has calls of its own. */
  void save(Turn t, Peer p) {
    Standing s = p.standing();
    Held held = p.held();
    t.tx()
        .run(
            "UPDATE session_peer SET generation = ?, ask = ?, asked_at = ?, reset_at = ?,"
                + " request = ?, request_at = ?, held_of_yours = ?, held_of_mine = ? WHERE id = ?",
            s.generation(),
            bytes(s.ask()),
            s.askedAt(),
            s.resetAt(),
            bytes(s.request()),
            s.requestAt(),
            held == null ? null : (Object) held.ofYours(),
            held == null ? null : (Object) held.ofMine(),
            p.id());
  }

  void givenSigned(Turn t, Peer p, int prekey) {
    t.tx().run("UPDATE session_peer SET given_signed = ? WHERE id = ?", prekey, p.id());
  }

  /** Puts a session into use; the one before goes to the old ones. */
  void activate(Turn t, Peer p, Active a, boolean renewed, RatchetState state) {
    t.tx()
        .run(
            "UPDATE session_state SET ended = ? WHERE peer = ? AND ended IS NULL", t.now(), p.id());
    keep(t, p, a, renewed, state, null);
    t.tx().run("UPDATE session_peer SET last = ? WHERE id = ?", a.id().bytes(), p.id());
    trim(t, p);
  }

  private static void trim(Turn t, Peer p) {
    t.tx()
        .run(
            "DELETE FROM session_state WHERE peer = ? AND ended IS NOT NULL AND id NOT IN"
                + " (SELECT id FROM session_state WHERE peer = ? AND ended IS NOT NULL"
                + " ORDER BY ended DESC, id DESC LIMIT ?)",
            p.id(),
            p.id(),
            MAX_OLD);
  }

  /** Keeps a session for reading only. */
  void keepOld(Turn t, Peer p, SessionId id, long generation, RatchetState state) {
    keep(t, p, new Active(id, generation, false, true, t.now()), false, state, t.now());
    trim(t, p);
  }

  /**
   * Takes note that the other side has said what it holds; whether that is the first time in this
   * session. It makes us send again, so it counts once.
   */
  boolean welcome(Turn t, Peer p) {
    return t.tx()
            .run(
                "UPDATE session_state SET welcomed = 1"
                    + " WHERE peer = ? AND ended IS NULL AND welcomed = 0",
                p.id())
        > 0;
  }

  /** Whether either side began so many sessions within the hour that no accident explains more. */
  boolean restless(Turn t, Peer p) {
    long from = t.now() - Standing.REQUEST_MILLIS;
    long mine =
        count(
            t,
            "SELECT count(*) AS n FROM session_state WHERE peer = ? AND mine = 1"
                + " AND since BETWEEN ? AND ?",
            p,
            from);
    long theirs =
        count(
            t,
            "SELECT count(*) AS n FROM session_begun WHERE peer = ? AND at BETWEEN ? AND ?",
            p,
            from);
    return Math.max(mine, theirs) >= MAX_HOURLY;
  }

  private static long count(Turn t, String query, Peer p, long from) {
    return t.tx().one(r -> r.i64("n"), query, p.id(), from, t.now()).orElse(0L);
  }

  private static void keep(
      Turn t, Peer p, Active a, boolean renewed, RatchetState state, @Nullable Long ended) {
    long id =
        t.tx()
            .insert(
                "INSERT INTO session_state"
                    + " (peer, session, generation, mine, confirmed, renewed, since, ended)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                p.id(),
                a.id().bytes(),
                a.generation(),
                a.mine(),
                a.confirmed(),
                renewed,
                a.since(),
                ended);
    put(t, id, state);
  }

  void confirm(Turn t, Peer p) {
    t.tx().run("UPDATE session_state SET confirmed = 1 WHERE peer = ? AND ended IS NULL", p.id());
  }

  /** One more message of ours is known to have arrived in the active session. */
  void arrived(Turn t, Peer p) {
    t.tx()
        .run(
            "UPDATE session_state SET arrived = arrived + 1 WHERE peer = ? AND ended IS NULL",
            p.id());
  }

  /** One more message of theirs was opened in that session. */
  static void accepted(Turn t, long id, RatchetState state) {
    put(t, id, state);
    t.tx().run("UPDATE session_state SET accepted = accepted + 1 WHERE id = ?", id);
  }

  static void put(Turn t, long id, RatchetState state) {
    t.tx()
        .run(
            "UPDATE session_state SET state = ? WHERE id = ?",
            t.vault().seal(STATE, Vault.row(id), state.encode()),
            id);
  }

  Optional<Kept> active(Turn t, Peer p) {
    return t.tx()
        .one(
            r -> kept(t, r),
            "SELECT id, session, ended, renewed, accepted, arrived, state FROM session_state"
                + " WHERE peer = ? AND ended IS NULL",
            p.id());
  }

  /** Sessions that are still read, the newest first; without the active one. */
  List<Kept> old(Turn t, Peer p) {
    return t.tx()
        .list(
            r -> kept(t, r),
            "SELECT id, session, ended, renewed, accepted, arrived, state FROM session_state"
                + " WHERE peer = ? AND ended IS NOT NULL ORDER BY ended DESC, id DESC",
            p.id());
  }

  private static Kept kept(Turn t, Row r) {
    long id = r.i64("id");
    byte[] plain = t.vault().open(STATE, Vault.row(id), r.blob("state"));
    try {
      return new Kept(
          id,
          SessionId.of(r.blob("session")),
          r.isNull("ended"),
          r.i64("renewed") != 0,
          r.i64("accepted"),
          r.i64("arrived"),
          RatchetState.decode(plain));
    } catch (Malformed e) {
      throw new IllegalStateException("a state of our own that we cannot read", e);
    }
  }

  boolean seen(Turn t, Peer p, byte[] hash) {
    return t.tx()
        .one(r -> true, "SELECT 1 FROM session_seen WHERE peer = ? AND hash = ?", p.id(), hash)
        .isPresent();
  }

  void see(Turn t, Peer p, byte[] hash) {
    long id =
        t.tx()
            .insert(
                "INSERT INTO session_seen (peer, hash, at) VALUES (?, ?, ?)",
                p.id(),
                hash,
                t.now());
    if (id % PRUNE_EVERY == 0) {
      t.tx()
          .run(
              "DELETE FROM session_seen WHERE peer = ? AND id <= (SELECT id FROM session_seen"
                  + " WHERE peer = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
              p.id(),
              p.id(),
              MAX_SEEN);
    }
  }

  /** Whether a beginning of that name was accepted before. */
  boolean begun(Turn t, SessionId id) {
    return t.tx()
        .one(r -> true, "SELECT 1 FROM session_begun WHERE session = ?", id.bytes())
        .isPresent();
  }

  void begin(Turn t, Peer p, SessionId id) {
    t.tx()
        .run(
            "INSERT INTO session_begun (session, peer, at) VALUES (?, ?, ?)",
            id.bytes(),
            p.id(),
            t.now());
  }

  void forget(Turn t, long friend) {
    for (String table :
        List.of("session_state", "session_theirs", "session_given", "session_seen")) {
      t.tx()
          .run(
              "DELETE FROM "
                  + table
                  + " WHERE peer IN"
                  + " (SELECT id FROM session_peer WHERE friend = ?)",
              friend);
    }
    t.tx().run("DELETE FROM session_peer WHERE friend = ?", friend);
  }

  void tidy(Turn t) {
    long before = t.now() - KEPT_MILLIS;
    t.tx().run("DELETE FROM session_state WHERE ended < ?", before);
    t.tx().run("DELETE FROM session_seen WHERE at < ?", before);
    t.tx().run("DELETE FROM session_begun WHERE at < ?", before);
  }
}
