package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/** The rows of an inviter: invitations, their secrets, and those who came with one. */
final class InvitationTable {
  /** Open, until it has expired. */
  static final int OPEN = 0;

  /** A friend was made with it. */
  static final int USED = 1;

  /** Taken back. */
  static final int CANCELLED = 2;

  /** Who holds a secret may come with several nodes; only the last few are remembered. */
  static final int MAX_GUESTS = 8;

  private static final String INVITATION = "meeting_invitation";
  private static final String SECRET = "meeting_secret";
  private static final String GUEST = "meeting_guest";
  private static final byte[] EMPTY = new byte[0];

  /**
   * An invitation of ours.
   *
   * @param ended when it was used or taken back; 0 while open
   * @param password of its spoken code, or -1
   * @param name what we want to call who comes
   */
  record Kept(
      long id,
      int state,
      long expires,
      long ended,
      long codeUntil,
      int tries,
      int password,
      @Nullable String name) {
    boolean open(long now) {
      return state == OPEN && now < expires;
    }

    /** Why it is not open. */
    No.Reason over() {
      return switch (state) {
        case USED -> No.Reason.USED;
        case CANCELLED -> No.Reason.CANCELLED;
        default -> No.Reason.EXPIRED;
      };
    }
  }

  /** A secret and the invitation that it opens. */
  record Opened(Kept invitation, byte[] secret) {}

  /**
   * Somebody who came with a secret.
   *
   * @param hello the plaintext of M1
   * @param answer the plaintext of M2
   * @param done M4 as it was sent; null before they met
   */
  record Guest(long id, long made, byte[] hello, byte[] answer, byte @Nullable [] done) {}

  /** Stores a new one. */
  long add(Turn turn, byte[] secret, long expires, @Nullable String name) {
    long id =
        turn.tx()
            .insert(
                "INSERT INTO meeting_invitation (state, expires, ended, code_until, tries)"
                    + " VALUES (?, ?, 0, 0, 0)",
                OPEN,
                expires);
    if (name != null) {
      byte[] sealed = seal(turn, INVITATION, "name", id, Names.utf8(name));
      turn.tx().run("UPDATE meeting_invitation SET name = ? WHERE id = ?", sealed, id);
    }
    addSecret(turn, id, secret);
    return id;
  }

  /** Gives an invitation a further secret: that of a code. */
  void addSecret(Turn turn, long invitation, byte[] secret) {
    byte[] tag = MeetingShelf.tag(turn.vault(), SECRET, Secrets.id(secret));
    long id =
        turn.tx()
            .insert(
                "INSERT INTO meeting_secret (invitation, tag, secret) VALUES (?, ?, ?)",
                invitation,
                tag,
                EMPTY);
    byte[] sealed = seal(turn, SECRET, "secret", id, secret);
    turn.tx().run("UPDATE meeting_secret SET secret = ? WHERE id = ?", sealed, id);
  }

  /** Gives an invitation the only code that is alive. */
  void setCode(Turn turn, long invitation, int password, long until) {
    turn.tell(new InvitationsChanged());
    turn.tx().run("UPDATE meeting_invitation SET code = NULL WHERE code IS NOT NULL");
    byte[] plain = new Writer(Integer.BYTES).i32(password).toBytes();
    turn.tx()
        .run(
            "UPDATE meeting_invitation SET code = ?, code_until = ? WHERE id = ?",
            seal(turn, INVITATION, "code", invitation, plain),
            until,
            invitation);
  }

  /** Counts a try of its code. */
  void countTry(Turn turn, long invitation) {
    turn.tell(new InvitationsChanged());
    turn.tx().run("UPDATE meeting_invitation SET tries = tries + 1 WHERE id = ?", invitation);
  }

  /** Whether no more than {@code most} are open. */
  int open(Turn turn) {
    return turn.tx()
        .one(
            r -> r.i32("n"),
            "SELECT count(*) AS n FROM meeting_invitation WHERE state = ? AND expires > ?",
            OPEN,
            turn.now())
        .orElse(0);
  }

  /** Those that are open, the oldest first. */
  List<Kept> waiting(Turn turn) {
    return turn.tx()
        .list(
            r -> kept(turn, r),
            "SELECT * FROM meeting_invitation WHERE state = ? AND expires > ? ORDER BY id",
            OPEN,
            turn.now());
  }

  /** The secret that its link names: the first one that it was given. */
  byte[] secret(Turn turn, long invitation) {
    return turn.tx()
        .one(
            r -> open(turn, SECRET, "secret", r.i64("id"), r.blob("secret")),
            "SELECT id, secret FROM meeting_secret WHERE invitation = ? ORDER BY id LIMIT 1",
            invitation)
        .orElseThrow();
  }

  /** One by its local number. */
  Optional<Kept> get(Turn turn, long id) {
    return turn.tx().one(r -> kept(turn, r), "SELECT * FROM meeting_invitation WHERE id = ?", id);
  }

  /** The one whose code was made last, however it ended. */
  Optional<Kept> coded(Turn turn) {
    return turn.tx()
        .one(
            r -> kept(turn, r),
            "SELECT * FROM meeting_invitation WHERE code_until > 0 ORDER BY id DESC LIMIT 1");
  }

  /** The one that a secret's id opens. */
  Optional<Opened> bySecret(Turn turn, byte[] secretId) {
    byte[] tag = MeetingShelf.tag(turn.vault(), SECRET, secretId);
    record Found(long id, long invitation, byte[] secret) {}
    return turn.tx()
        .one(
            r -> new Found(r.i64("id"), r.i64("invitation"), r.blob("secret")),
            "SELECT id, invitation, secret FROM meeting_secret WHERE tag = ?",
            tag)
        .flatMap(found ->
            get(turn, found.invitation)
                .map(kept ->
                    new Opened(kept, open(turn, SECRET, "secret", found.id, found.secret))));
  }

  private Kept kept(Turn turn, Row r) {
    long id = r.i64("id");
    byte[] code = r.blobOrNull("code");
    byte[] name = r.blobOrNull("name");
    try {
      return new Kept(
          id,
          r.i32("state"),
          r.i64("expires"),
          r.i64("ended"),
          r.i64("code_until"),
          r.i32("tries"),
          code == null ? -1 : new Reader(open(turn, INVITATION, "code", id, code)).i32(),
          name == null
              ? null
              : new String(open(turn, INVITATION, "name", id, name), StandardCharsets.UTF_8));
    } catch (Malformed e) {
      throw new IllegalStateException("a stored code does not decode", e);
    }
  }

  /** Ends one: its code goes, its secrets stay so that who comes later is told. */
  void end(Turn turn, long id, int state, @Nullable Long friend) {
    turn.tell(new InvitationsChanged());
    turn.tx()
        .run(
            "UPDATE meeting_invitation SET state = ?, ended = ?, friend = ?, code = NULL"
                + " WHERE id = ?",
            state,
            turn.now(),
            friend,
            id);
  }

  /** Who came with that nonce from that node. */
  Optional<Guest> guest(Turn turn, NodeId node, byte[] nonce) {
    byte[] tag = MeetingShelf.tag(turn.vault(), GUEST, MeetingShelf.peer(node, nonce));
    return turn.tx().one(r -> guest(turn, r), "SELECT * FROM meeting_guest WHERE tag = ?", tag);
  }

  private Guest guest(Turn turn, Row r) {
    long id = r.i64("id");
    byte[] done = r.blobOrNull("done");
    return new Guest(
        id,
        r.i64("made"),
        open(turn, GUEST, "hello", id, r.blob("hello")),
        open(turn, GUEST, "answer", id, r.blob("answer")),
        done == null ? null : open(turn, GUEST, "done", id, done));
  }

  /** Remembers a guest and what was answered; the one who came first makes room. */
  void addGuest(Turn turn, long invitation, byte[] peer, byte[] hello, byte[] answer) {
    List<Long> before =
        turn.tx()
            .list(
                r -> r.i64("id"),
                "SELECT id FROM meeting_guest WHERE invitation = ? AND met = 0 ORDER BY id",
                invitation);
    for (int i = 0; i <= before.size() - MAX_GUESTS; i++) {
      dropGuest(turn, before.get(i));
    }
    long id =
        turn.tx()
            .insert(
                "INSERT INTO meeting_guest (invitation, made, met, tag, peer, hello, answer)"
                    + " VALUES (?, ?, 0, ?, ?, ?, ?)",
                invitation,
                turn.now(),
                MeetingShelf.tag(turn.vault(), GUEST, peer),
                EMPTY,
                EMPTY,
                EMPTY);
    turn.tx()
        .run(
            "UPDATE meeting_guest SET peer = ?, hello = ?, answer = ? WHERE id = ?",
            seal(turn, GUEST, "peer", id, peer),
            seal(turn, GUEST, "hello", id, hello),
            seal(turn, GUEST, "answer", id, answer),
            id);
  }

  /** Forgets a guest. */
  void dropGuest(Turn turn, long id) {
    turn.tx().run("DELETE FROM meeting_guest WHERE id = ?", id);
  }

  /** Notes that this is the guest who became a friend, and what told them so. */
  void met(Turn turn, long guest, byte[] done) {
    turn.tx()
        .run(
            "UPDATE meeting_guest SET met = 1, done = ? WHERE id = ?",
            seal(turn, GUEST, "done", guest, done),
            guest);
  }

  /** Deletes what ended before that time. */
  void purge(Turn turn, long before) {
    List<Long> old =
        turn.tx()
            .list(
                r -> r.i64("id"),
                "SELECT id FROM meeting_invitation WHERE max(expires, ended) < ?",
                before);
    for (long id : old) {
      for (String table : List.of(GUEST, SECRET, "meeting_code")) {
        turn.tx().run("DELETE FROM " + table + " WHERE invitation = ?", id);
      }
      turn.tx().run("DELETE FROM meeting_invitation WHERE id = ?", id);
    }
  }

  private static byte[] seal(Turn turn, String table, String column, long id, byte[] plain) {
    return turn.vault().seal(table + "." + column, Vault.row(id), plain);
  }

  private static byte[] open(Turn turn, String table, String column, long id, byte[] sealed) {
    return turn.vault().open(table + "." + column, Vault.row(id), sealed);
  }
}
