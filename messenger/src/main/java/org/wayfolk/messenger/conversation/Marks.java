package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.messenger.conversation.Writers.Writer;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.messenger.work.Turn;

/**
 * What was read. Here it is a mark on each line, so that one that arrives late above the others is
 * still unread; to the other side it is said as sequences, so that nothing shows as read that was
 * not there when it was said.
 */
final class Marks {
  /** Lines of which it is told that they were read now: who shows more reads them again anyway. */
  private static final int MAX_TOLD = 256;

  private final Turn turn;
  private final Around around;
  private final Writers writers;

  Marks(Turn turn, Around around) {
    this.turn = turn;
    this.around = around;
    this.writers = new Writers(turn.tx());
  }

  /** Marks the lines up to a place as read; answers whether any was not. */
  boolean read(Talk talk, byte[] upTo) {
    return turn.tx()
            .run(
                "UPDATE conversation_event SET unread = 0"
                    + " WHERE unread = 1 AND talk = ? AND place <= ? AND line = 1",
                talk.number(),
                upTo)
        > 0;
  }

  /** What there is to say about what was read since it was said last: empty if nothing. */
  List<Head> toSay(Talk talk, Hash32 theirs) {
    List<Head> heads = new ArrayList<>();
    for (Writer w : writers.of(talk, talk.number())) {
      long upTo = Math.min(w.contiguous(), firstUnread(talk, w) - 1);
      if (upTo > w.told() && heads.size() < Event.MAX_HEADS) {
        heads.add(new Head(theirs.prefix(), w.device(), upTo));
        writers.told(talk, w, upTo);
      }
    }
    return heads;
  }

  private long firstUnread(Talk talk, Writer w) {
    return turn.tx()
        .one(
            row -> row.isNull("first") ? Long.MAX_VALUE : row.i64("first"),
            "SELECT MIN(sequence) AS first FROM conversation_event"
                + " WHERE unread = 1 AND talk = ? AND author = ? AND device = ?",
            talk.number(),
            w.author(),
            w.device())
        .orElse(Long.MAX_VALUE);
  }

  /** Somebody read: the friend what we wrote, or we on another device what the friend wrote. */
  void heard(Talk talk, Arriving.From from, Body.Read read) {
    Hash32 friend =
        from.friend() != 0 || talk.kind() != Talk.TWO
            ? from.card()
            : around.friend(turn.tx(), turn.vault(), talk.number()).card();
    for (Head head : read.upTo()) {
      boolean ofFriend = head.card() == friend.prefix();
      if (from.friend() != 0 && !ofFriend) {
        readThere(talk, head);
      } else if (from.friend() == 0 && ofFriend) {
        readHere(talk, head);
      }
    }
  }

  private void readThere(Talk talk, Head head) {
    Writer w = writers.of(talk, 0, head.device());
    List<EventId> lines =
        turn.tx()
            .list(
                row -> EventId.of(row.blob("id")),
                "SELECT id FROM conversation_event WHERE talk = ? AND author = 0 AND device = ?"
                    + " AND sequence <= ? AND sequence > ? AND sequence > 0 AND line = 1"
                    + " ORDER BY sequence DESC LIMIT ?",
                talk.number(),
                head.device(),
                head.sequence(),
                w.told(),
                MAX_TOLD);
    turn.tx()
        .run(
            "UPDATE conversation_event SET read_at = ? WHERE talk = ? AND author = 0"
                + " AND device = ? AND sequence <= ? AND sequence > ? AND sequence > 0",
            turn.now(),
            talk.number(),
            head.device(),
            head.sequence(),
            w.told());
    long upTo = Math.min(head.sequence(), w.highest());
    if (upTo > w.told()) {
      writers.told(talk, w, upTo);
    }
    lines.forEach(id -> turn.tell(new Changed(talk.number(), id, false, true)));
  }

  private void readHere(Talk talk, Head head) {
    int changed =
        turn.tx()
            .run(
                "UPDATE conversation_event SET unread = 0 WHERE unread = 1 AND talk = ?"
                    + " AND author = ? AND device = ? AND sequence <= ?",
                talk.number(),
                talk.number(),
                head.device(),
                head.sequence());
    if (changed > 0) {
      new Rows(turn.tx(), turn.vault())
          .last(talk.number(), 1)
          .forEach(k -> turn.tell(new Changed(talk.number(), k.id(), false, k.mine())));
    }
  }
}
