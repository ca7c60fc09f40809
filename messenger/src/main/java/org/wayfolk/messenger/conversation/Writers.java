package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;

/** How far each device has written in each conversation, and who has seen how much of it. */
record Writers(Tx tx) {

  /**
   * A device that writes.
   *
   * @param author the friend, 0 for us
   * @param highest the highest sequence seen
   * @param contiguous everything up to this is here
   * @param told of a friend's: up to where we let them know that we read
   * @param theirs of ours: up to where the other side is known to have it
   */
  record Writer(long author, int device, long highest, long contiguous, long told, long theirs) {}

  private static final String SELECT =
      "SELECT author, device, highest, contiguous, told, theirs FROM conversation_writer ";

  private static Writer writer(Row row) {
    return new Writer(
        row.i64("author"),
        row.i32("device"),
        row.i64("highest"),
        row.i64("contiguous"),
        row.i64("told"),
        row.i64("theirs"));
  }

  Writer of(Talk talk, long author, int device) {
    return tx.one(
            Writers::writer,
            SELECT + "WHERE talk = ? AND author = ? AND device = ?",
            talk.number(),
            author,
            device)
        .orElse(new Writer(author, device, 0, 0, 0, 0));
  }

  /** Whether a friend's event is of a device not heard of, beyond so many. */
  boolean isOneTooMany(Talk talk, long friend, Event event, int most) {
    return friend != 0
        && event.stamp().sequence() > 0
        && of(talk, friend, event.author().device()).highest == 0
        && of(talk, friend).size() >= most;
  }

  List<Writer> of(Talk talk, long author) {
    return tx.list(
        Writers::writer, SELECT + "WHERE talk = ? AND author = ?", talk.number(), author);
  }

  /** An event of a sequence was kept: moves the marks. */
  void saw(Talk talk, long author, int device, long sequence, long now) {
    Writer before = of(talk, author, device);
    long contiguous = before.contiguous;
    if (sequence == contiguous + 1) {
      contiguous++;
      if (before.highest > sequence) {
        while (isKept(talk, author, device, contiguous + 1)) {
          contiguous++;
        }
      }
    }
    put(
        talk,
        new Writer(
            author,
            device,
            Math.max(before.highest, sequence),
            contiguous,
            before.told,
            before.theirs),
        now);
  }

  /** We go on counting behind a sequence, since others have ours up to there. */
  void goOn(Talk talk, int device, long sequence, long now) {
    Writer w = of(talk, 0, device);
    put(talk, new Writer(0, device, sequence, sequence, w.told, w.theirs), now);
  }

  void told(Talk talk, Writer w, long sequence) {
    set(talk, w, "told", sequence);
  }

  void theirs(Talk talk, Writer w, long sequence) {
    set(talk, w, "theirs", sequence);
  }

  private void set(Talk talk, Writer w, String column, long value) {
    tx.run(
        "UPDATE conversation_writer SET "
            + column
            + " = ? WHERE talk = ? AND author = ? AND device = ?",
        value,
        talk.number(),
        w.author,
        w.device);
  }

  private void put(Talk talk, Writer w, long now) {
    tx.run(
        "INSERT OR REPLACE INTO conversation_writer"
            + " (talk, author, device, highest, contiguous, seen, told, theirs)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        talk.number(),
        w.author,
        w.device,
        w.highest,
        w.contiguous,
        now,
        w.told,
        w.theirs);
  }

  private boolean isKept(Talk talk, long author, int device, long sequence) {
    return tx.one(
            row -> row.i64("number"),
            "SELECT number FROM conversation_event"
                + " WHERE talk = ? AND author = ? AND device = ? AND sequence = ? AND sequence > 0"
                + " LIMIT 1",
            talk.number(),
            author,
            device,
            sequence)
        .isPresent();
  }

  /** The first sequence above {@code from} that two events of a device have. */
  Optional<Long> twice(Talk talk, long author, int device, long from) {
    return tx.one(
        row -> row.i64("sequence"),
        "SELECT sequence FROM conversation_event"
            + " WHERE talk = ? AND author = ? AND device = ? AND sequence > ? AND sequence > 0"
            + " GROUP BY sequence HAVING count(*) > 1 ORDER BY sequence LIMIT 1",
        talk.number(),
        author,
        device,
        from);
  }

  /** When an event of ours was written, by our clock. */
  Optional<Long> writtenAt(Talk talk, int device, long sequence) {
    return tx.one(
        row -> row.i64("at"),
        "SELECT at FROM conversation_event WHERE talk = ? AND author = 0 AND device = ?"
            + " AND sequence = ? AND sequence > 0 LIMIT 1",
        talk.number(),
        device,
        sequence);
  }

  /**
   * The heads of an event that we write: the devices heard of last, without the one that writes.
   *
   * @param cards the beginnings of our card and the friend's
   */
  List<Head> heads(Talk talk, int device, Cards cards) {
    List<Head> heads = new ArrayList<>();
    tx.each(
        row -> {
          Writer w = writer(row);
          if (heads.size() < Event.MAX_HEADS && !(w.author == 0 && w.device == device)) {
            heads.add(new Head(w.author == 0 ? cards.mine : cards.theirs, w.device, w.highest));
          }
        },
        SELECT + "WHERE talk = ? AND highest > 0 ORDER BY seen DESC, author, device LIMIT ?",
        talk.number(),
        Event.MAX_HEADS + 1);
    return heads;
  }

  /** The beginnings of the cards of a conversation of two. */
  record Cards(long mine, long theirs) {}
}
