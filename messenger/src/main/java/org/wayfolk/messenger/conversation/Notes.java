package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Place;
import org.wayfolk.messenger.work.Turn;

/** Lines that no person wrote. They stay on this device. */
final class Notes {
  /** Behind all writers of the same time. */
  private static final int LAST = -1;

  private final Turn turn;
  private final Around around;

  Notes(Turn turn, Around around) {
    this.turn = turn;
    this.around = around;
  }

  /** Puts a note behind everything that was seen so far. */
  EventId note(long friend, Note note) {
    Talk talk = new Talks(turn.tx(), turn.vault(), around).with(friend);
    Rows rows = new Rows(turn.tx(), turn.vault());
    EventId id = EventId.draw(turn.random());
    long number = rows.next();
    byte[] place = Place.of(talk.lamport(), LAST, 0, number, id);
    long now = turn.now();
    rows.insert(
        new Kept(
            number,
            id,
            talk.number(),
            0,
            0,
            0,
            Kept.NOTE,
            place,
            true,
            0,
            now,
            now,
            0,
            1,
            null,
            note.key(),
            null,
            null),
        false,
        null);
    turn.tell(new Changed(talk.number(), id, true, false));
    return id;
  }
}
