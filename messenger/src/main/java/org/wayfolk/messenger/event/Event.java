package org.wayfolk.messenger.event;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * One thing that somebody did in a conversation. Numbers big-endian, {@code v} an unsigned LEB128.
 * See docs/protocol/event.md.
 *
 * <pre>
 *   1   version = 1
 *   16  id
 *   32  conversation
 *   32  author: card
 *   4   author: number of the device
 *   v   sequence, 0 = not counted
 *   v   Lamport time
 *   8   sent, ms since the epoch
 *   8   sequence of the author's device list
 *   32  hash of the author's device list
 *   v   heads seen, at most 8, each: 8 beginning of the card, 4 device, v sequence
 *   v   kind, at most 255
 *   v   length of the body, then the body
 *   ..  fields of later versions: passed over here, kept with the event
 * </pre>
 *
 * @param heads what of others, and of the author's other devices, the author had seen
 */
public record Event(
    EventId id,
    Hash32 conversation,
    Author author,
    Stamp stamp,
    ListMark list,
    List<Head> heads,
    Body body) {
  /** Longest event: what one payload of 48 KiB can hold at the most. */
  public static final int MAX_BYTES = 48 * 1024;

  /** Most heads: so many devices a person may have; in a group the latest ones are named. */
  public static final int MAX_HEADS = 8;

  /** Highest sequence: no device ever writes so much, and sums of two do not overflow. */
  public static final long MAX_SEQUENCE = 1L << 62;

  /** Latest time that is taken for one: the year 10,889. */
  public static final long MAX_MILLIS = 1L << 48;

  private static final int VERSION = 1;
  private static final int MAX_KIND = 255;
  private static final int MAX_NUMBER = 9;

  /** Longest header, and what is around the body: the rest of an event is its body. */
  static final int MAX_AROUND =
      1
          + EventId.BYTES
          + 2 * Hash32.BYTES
          + Integer.BYTES
          + 2 * MAX_NUMBER
          + 2 * Long.BYTES
          + Hash32.BYTES
          + 1
          + MAX_HEADS * Head.MAX_BYTES
          + 2
          + 3;

  /** Copies the heads. */
  public Event {
    heads = List.copyOf(heads);
  }

  /**
   * Its bytes.
   *
   * @throws IllegalArgumentException if it breaks a limit of the format
   */
  public byte[] encode() {
    byte[] inner = BodyCodec.encode(body);
    if (inner.length > MAX_BYTES - MAX_AROUND || heads.size() > MAX_HEADS) {
      throw new IllegalArgumentException("body of " + inner.length + " bytes");
    }
    Writer w = new Writer(MAX_AROUND + inner.length).u8(VERSION);
    id.write(w);
    w.bytes(conversation.bytes()).bytes(author.card().bytes()).i32(author.device());
    w.uvarint(stamp.sequence()).uvarint(stamp.lamport()).i64(stamp.sent());
    w.i64(list.sequence()).bytes(list.hash().bytes());
    w.uvarint(heads.size());
    heads.forEach(h -> h.write(w));
    return w.uvarint(body.kind()).prefixed(inner).toBytes();
  }

  /**
   * Decodes an event.
   *
   * @throws Malformed if it breaks a limit of the format, or a text in it is not UTF-8
   */
  public static Event decode(byte[] bytes) throws Malformed {
    if (bytes.length > MAX_BYTES) {
      throw new Malformed("event over its limit");
    }
    Reader r = new Reader(bytes);
    if (r.u8() != VERSION) {
      throw new Malformed("event of an unknown version");
    }
    EventId id = EventId.read(r);
    Hash32 conversation = Hash32.read(r);
    Author author = new Author(Hash32.read(r), r.i32());
    long sequence = readNumber(r, MAX_SEQUENCE);
    Stamp stamp = new Stamp(sequence, readNumber(r, Lamport.MAX), checked(r.i64(), MAX_MILLIS));
    ListMark list = new ListMark(checked(r.i64(), MAX_MILLIS), Hash32.read(r));
    int count = r.count(MAX_HEADS);
    List<Head> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heads.add(Head.read(r));
    }
    int kind = r.count(MAX_KIND);
    int length = r.count(MAX_BYTES);
    Body body = BodyCodec.decode(kind, sequence > 0, new Reader(bytes, r.skip(length), length));
    if (body.counted() != sequence > 0) {
      throw new Malformed("a sequence where none is, or none where one is");
    }
    return new Event(id, conversation, author, stamp, list, heads, body);
  }

  /**
   * The event that takes the place of this one once its content is gone.
   *
   * @param line whether a line shall say that something was deleted
   */
  public Event gone(boolean line) {
    return new Event(id, conversation, author, stamp, list, heads, new Body.Gone(line));
  }

  static long readNumber(Reader r, long max) throws Malformed {
    return checked(r.uvarint(), max);
  }

  private static long checked(long value, long max) throws Malformed {
    if (value < 0 || value > max) {
      throw new Malformed("number over its limit");
    }
    return value;
  }
}
