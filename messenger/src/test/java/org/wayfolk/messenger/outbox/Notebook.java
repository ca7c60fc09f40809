package org.wayfolk.messenger.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The least that a room above has to be: it keeps what was said and what came, knows by its id what
 * it has already, and counts. An event here is its id, its sequence, the friend's device, a text.
 */
final class Notebook implements Shelf, History {

  @Override
  public String name() {
    return "notebook";
  }

  @Override
  public List<String> migrations() {
    return List.of(
        """
        CREATE TABLE notebook_said (
          event BLOB PRIMARY KEY, friend INTEGER NOT NULL, sequence INTEGER NOT NULL,
          bytes BLOB NOT NULL) STRICT;
        CREATE INDEX notebook_said_sequence ON notebook_said (friend, sequence);
        CREATE TABLE notebook_got (
          event BLOB PRIMARY KEY, friend INTEGER NOT NULL, device INTEGER NOT NULL,
          sequence INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE TABLE notebook_floor (friend INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
        """);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {}

  /** Writes down what is said to a friend, and answers its bytes. */
  byte[] say(Turn t, long friend, EventId id, String text) {
    long sequence = 1 + said(t, friend);
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        new Writer(EventId.BYTES + 8 + utf.length)
            .i64(id.high())
            .i64(id.low())
            .i64(sequence)
            .bytes(utf)
            .toBytes();
    t.tx()
        .run("INSERT INTO notebook_said VALUES (?, ?, ?, ?)", id.bytes(), friend, sequence, bytes);
    return bytes;
  }

  /** The highest sequence that was given out. */
  long said(Turn t, long friend) {
    long own = max(t, "SELECT max(sequence) AS n FROM notebook_said WHERE friend = ?", friend);
    long floor = max(t, "SELECT max(sequence) AS n FROM notebook_floor WHERE friend = ?", friend);
    return Math.max(own, floor);
  }

  /** The other side has more of ours than we know of: an older disk. Go on above. */
  private static void notBelow(Turn t, long friend, long sequence) {
    t.tx()
        .run(
            "INSERT INTO notebook_floor VALUES (?, ?) ON CONFLICT (friend) DO UPDATE SET"
                + " sequence = max(sequence, excluded.sequence)",
            friend,
            sequence);
  }

  /** Keeps what came; answers whether it is new. */
  boolean got(Turn t, Device from, byte[] bytes) {
    try {
      Reader r = new Reader(bytes);
      EventId id = EventId.read(r);
      long sequence = r.i64();
      String text = new String(r.copy(r.remaining()), StandardCharsets.UTF_8);
      return t.tx()
              .run(
                  "INSERT OR IGNORE INTO notebook_got VALUES (?, ?, ?, ?, ?)",
                  id.bytes(),
                  from.friend(),
                  from.number(),
                  sequence,
                  text)
          == 1;
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  Held held(Turn t, Device device) {
    long complete = complete(t, device);
    long first =
        t.tx()
            .one(
                r -> r.i64("sequence"),
                "SELECT sequence FROM notebook_got WHERE friend = ? AND device = ?"
                    + " GROUP BY sequence HAVING count(*) > 1 ORDER BY sequence LIMIT 1",
                device.friend(),
                device.number())
            .orElse(Long.MAX_VALUE);
    return new Held(Math.min(complete, first - 1), said(t, device.friend()));
  }

  /** Everything up to this sequence is here. */
  private static long complete(Turn t, Device device) {
    List<Long> all =
        t.tx()
            .list(
                r -> r.i64("sequence"),
                "SELECT sequence FROM notebook_got WHERE friend = ? AND device = ?"
                    + " ORDER BY sequence",
                device.friend(),
                device.number());
    long complete = 0;
    for (long sequence : all) {
      if (sequence > complete + 1) {
        break;
      }
      complete = sequence;
    }
    return complete;
  }

  /** Whether something came after something that did not. */
  boolean hasGap(Turn t, Device device) {
    return t.tx()
        .one(
            r -> true,
            "SELECT 1 FROM notebook_got WHERE friend = ? AND device = ? AND sequence > ?",
            device.friend(),
            device.number(),
            complete(t, device))
        .isPresent();
  }

  @Override
  public boolean above(
      Turn t,
      Device device,
      Held held,
      int margin,
      Collection<EventId> also,
      BiConsumer<EventId, byte[]> each) {
    boolean back = held.ofYours() > said(t, device.friend());
    notBelow(t, device.friend(), held.ofYours());
    for (EventId id : also) {
      t.tx()
          .one(r -> r.blob("bytes"), "SELECT bytes FROM notebook_said WHERE event = ?", id.bytes())
          .ifPresent(bytes -> each.accept(id, bytes));
    }
    record Said(EventId id, byte[] bytes) {}
    t.tx()
        .list(
            r -> new Said(EventId.of(r.blob("event")), r.blob("bytes")),
            "SELECT event, bytes FROM notebook_said WHERE friend = ? AND sequence > ?"
                + " ORDER BY sequence",
            device.friend(),
            held.ofYours() - margin)
        .forEach(s -> each.accept(s.id, s.bytes));
    return back;
  }

  List<String> texts(Tx tx, long friend) {
    return tx.list(
        r -> r.text("text"),
        "SELECT text FROM notebook_got WHERE friend = ? ORDER BY sequence, event",
        friend);
  }

  List<EventId> events(Tx tx) {
    return tx.list(r -> EventId.of(r.blob("event")), "SELECT event FROM notebook_said");
  }

  boolean has(Tx tx, EventId id) {
    return tx.one(r -> true, "SELECT 1 FROM notebook_got WHERE event = ?", id.bytes()).isPresent();
  }

  private static long max(Turn t, String sql, long friend) {
    return t.tx().one(r -> r.isNull("n") ? 0L : r.i64("n"), sql, friend).orElse(0L);
  }
}
