package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.Place;
import org.wayfolk.messenger.work.Turn;

/** Keeps an event, and does what it says: the same for ours and for theirs. */
final class Keeping {
  private final Turn turn;
  private final Rows rows;
  private final Writers writers;
  private final Settling settling;

  Keeping(Turn turn, Settling settling) {
    this.turn = turn;
    this.rows = new Rows(turn.tx(), turn.vault());
    this.writers = new Writers(turn.tx());
    this.settling = settling;
  }

  /**
   * Whether an event becomes a row. What moves a mark and nothing else does not, and what another
   * room keeps; a delete for us alone does, since it may come before its message.
   */
  static boolean isKept(Body body) {
    return body.counted()
        || body instanceof Body.Delete
        || (body instanceof Body.Unknown unknown && unknown.line());
  }

  /**
   * Keeps a new event.
   *
   * @param author the friend, 0 for us
   * @param lamport the time that it counts for
   */
  void keep(Talk talk, long author, Event event, long lamport, byte[] bytes) {
    Body body = event.body();
    int device = event.author().device();
    long sequence = event.stamp().sequence();
    byte[] place = Place.of(lamport, talk.writer(author), device, sequence, event.id());
    Kept row =
        new Kept(
            rows.next(),
            event.id(),
            talk.number(),
            author,
            device,
            sequence,
            body.kind(),
            place,
            Kinds.line(body),
            flags(body),
            event.stamp().sent(),
            turn.now(),
            0,
            Kinds.piece(body),
            Kinds.target(body),
            null,
            bytes,
            null);
    rows.insert(row, author != 0 && isUnread(body), bytes);
    if (sequence > 0) {
      writers.saw(talk, author, device, sequence, turn.now());
    }
    if (body instanceof Body.Reaction reaction) {
      new Reactions(turn.tx(), turn.vault()).react(talk, author, reaction, place);
    }
    settling.arrived(rows.kept(row.number()).orElseThrow(), body);
  }

  private static int flags(Body body) {
    if (body instanceof Body.Gone gone) {
      return gone.line() ? Kept.DELETED : Kept.HIDDEN;
    }
    return 0;
  }

  private static boolean isUnread(Body body) {
    return switch (body) {
      case Body.Text b -> b.part().index() == 0;
      case Body.Unknown b -> b.line();
      default -> false;
    };
  }
}
