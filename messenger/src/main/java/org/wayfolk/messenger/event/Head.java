package org.wayfolk.messenger.event;

import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * How far somebody has seen what one device wrote in a conversation.
 *
 * @param card first eight bytes of the card of its writer ({@link Hash32#prefix}): heads only find
 *     gaps, so somebody who makes another card with the same beginning gains nothing
 * @param device number of the writer's device
 * @param sequence the highest seen, at least 1
 */
public record Head(long card, int device, long sequence) {
  static final int MAX_BYTES = Long.BYTES + Integer.BYTES + 10;

  static Head read(Reader r) throws Malformed {
    long card = r.i64();
    int device = r.i32();
    long sequence = Event.readNumber(r, Event.MAX_SEQUENCE);
    if (sequence == 0) {
      throw new Malformed("head without a sequence");
    }
    return new Head(card, device, sequence);
  }

  void write(Writer w) {
    w.i64(card).i32(device).uvarint(sequence);
  }
}
