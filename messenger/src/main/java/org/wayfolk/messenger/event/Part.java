package org.wayfolk.messenger.event;

import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Which piece of a text that is too long for one event.
 *
 * @param index from 0
 * @param count how many there are, 1 to {@value #MAX}
 * @param first id of the event with the first piece; null in the first itself
 */
public record Part(int index, int count, @Nullable EventId first) {
  /** Most pieces: a longest text in pieces of a tenth of what we make. */
  public static final int MAX = 16;

  static final int MAX_BYTES = 2 + EventId.BYTES;

  /** A text in one piece. */
  public static final Part WHOLE = new Part(0, 1, null);

  /** Checks that the numbers fit together. */
  public Part {
    if (count < 1
        || count > MAX
        || index < 0
        || index >= count
        || (index == 0) != (first == null)) {
      throw new IllegalArgumentException("part " + index + " of " + count);
    }
  }

  static Part read(Reader r) throws Malformed {
    int count = r.count(MAX);
    int index = r.count(MAX);
    if (index >= count) {
      throw new Malformed("part past the last one");
    }
    return new Part(index, count, index == 0 ? null : EventId.read(r));
  }

  void write(Writer w) {
    w.uvarint(count).uvarint(index);
    if (first != null) {
      first.write(w);
    }
  }
}
