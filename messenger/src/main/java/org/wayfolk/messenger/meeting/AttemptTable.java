package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** The rows of a guest: invitations that are being accepted. They go once that has ended. */
final class AttemptTable {
  private static final String TABLE = "meeting_attempt";
  private static final byte[] EMPTY = new byte[0];

  /**
   * An invitation that is being accepted.
   *
   * @param until when trying ends, ms since the epoch: with the link, but never in a thousand years
   * @param asked when it was last asked for, ms since the epoch
   * @param round counts askings, so that an old timer knows that it is one
   * @param tries askings since the last sign of life, for the next delay
   * @param friend the local number that was proposed; null before the answer
   * @param name what we want to call them
   * @param hello the plaintext of our M1
   * @param answer the plaintext of their M2; null before
   * @param confirm our M3 as it is sent; null before
   */
  record Attempt(
      long id,
      long until,
      long asked,
      long round,
      int tries,
      @Nullable Long friend,
      Invitation invitation,
      @Nullable String name,
      byte[] hello,
      byte @Nullable [] answer,
      byte @Nullable [] confirm) {}

  /** Stores a new one; nothing has been sent yet. */
  long add(Turn turn, Invitation invitation, @Nullable String name, byte[] hello) {
    byte[] tag = tag(turn, Secrets.id(invitation.secret()));
    long id =
        turn.tx()
            .insert(
                "INSERT INTO meeting_attempt (expires, asked, round, tries, tag, invitation, hello)"
                    + " VALUES (?, 0, 0, 0, ?, ?, ?)",
                Math.min(invitation.expires(), turn.now() + Accepting.LONGEST_MILLIS),
                tag,
                EMPTY,
                EMPTY);
    turn.tx()
        .run(
            "UPDATE meeting_attempt SET invitation = ?, name = ?, hello = ? WHERE id = ?",
            seal(turn, "invitation", id, invitation.encode()),
            name == null ? null : seal(turn, "name", id, Names.utf8(name)),
            seal(turn, "hello", id, hello),
            id);
    return id;
  }

  /** All of them; few. */
  List<Attempt> all(Turn turn) {
    return turn.tx().list(r -> attempt(turn, r), "SELECT * FROM meeting_attempt ORDER BY id");
  }

  /** One by its local number. */
  Optional<Attempt> get(Turn turn, long id) {
    return turn.tx().one(r -> attempt(turn, r), "SELECT * FROM meeting_attempt WHERE id = ?", id);
  }

  /** The one of that invitation's id on the wire. */
  Optional<Attempt> bySecret(Turn turn, byte[] secretId) {
    return turn.tx()
        .one(
            r -> attempt(turn, r),
            "SELECT * FROM meeting_attempt WHERE tag = ?",
            tag(turn, secretId));
  }

  private Attempt attempt(Turn turn, Row r) {
    long id = r.i64("id");
    byte[] name = r.blobOrNull("name");
    byte[] answer = r.blobOrNull("answer");
    byte[] confirm = r.blobOrNull("confirm");
    try {
      return new Attempt(
          id,
          r.i64("expires"),
          r.i64("asked"),
          r.i64("round"),
          r.i32("tries"),
          r.isNull("friend") ? null : r.i64("friend"),
          Invitation.decode(open(turn, "invitation", id, r.blob("invitation"))),
          name == null ? null : new String(open(turn, "name", id, name), StandardCharsets.UTF_8),
          open(turn, "hello", id, r.blob("hello")),
          answer == null ? null : open(turn, "answer", id, answer),
          confirm == null ? null : open(turn, "confirm", id, confirm));
    } catch (Malformed e) {
      throw new IllegalStateException("a stored invitation does not decode", e);
    }
  }

  /** Notes an asking. */
  void asked(Turn turn, long id, long round, int tries) {
    turn.tx()
        .run(
            "UPDATE meeting_attempt SET asked = ?, round = ?, tries = ? WHERE id = ?",
            turn.now(),
            round,
            tries,
            id);
  }

  /** Begins anew with another hello. */
  void begin(Turn turn, long id, byte[] hello) {
    turn.tx()
        .run(
            "UPDATE meeting_attempt SET hello = ?, answer = NULL, confirm = NULL WHERE id = ?",
            seal(turn, "hello", id, hello),
            id);
  }

  /** Notes the answer, and the confirmation that was made of it. */
  void answered(Turn turn, long id, long friend, byte[] answer, byte[] confirm) {
    turn.tx()
        .run(
            "UPDATE meeting_attempt SET friend = ?, answer = ?, confirm = ? WHERE id = ?",
            friend,
            seal(turn, "answer", id, answer),
            seal(turn, "confirm", id, confirm),
            id);
  }

  /** Calls them otherwise. */
  void rename(Turn turn, long id, String name) {
    byte[] sealed = seal(turn, "name", id, Names.utf8(name));
    turn.tx().run("UPDATE meeting_attempt SET name = ? WHERE id = ?", sealed, id);
  }

  /** Forgets one that has ended. */
  void drop(Turn turn, long id) {
    turn.tx().run("DELETE FROM meeting_attempt WHERE id = ?", id);
  }

  private static byte[] tag(Turn turn, byte[] secretId) {
    return MeetingShelf.tag(turn.vault(), TABLE, secretId);
  }

  private static byte[] seal(Turn turn, String column, long id, byte[] plain) {
    return turn.vault().seal(TABLE + "." + column, Vault.row(id), plain);
  }

  private static byte[] open(Turn turn, String column, long id, byte[] sealed) {
    return turn.vault().open(TABLE + "." + column, Vault.row(id), sealed);
  }
}
