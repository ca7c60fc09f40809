package org.wayfolk.messenger.session;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Names a session, the same on both sides (a hash of its set-up), or a request for one (random).
 * Ordered as 128-bit unsigned numbers; no secret.
 */
record SessionId(long high, long low) implements Comparable<SessionId> {
  static final int BYTES = 16;

  /** Stands for "none" on the wire. */
  static final SessionId NONE = new SessionId(0, 0);

  static SessionId draw(RandomGenerator random) {
    return new SessionId(random.nextLong(), random.nextLong());
  }

  static SessionId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a session's name has 16 bytes");
    }
    try {
      return read(new Reader(bytes));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  static SessionId read(Reader r) throws Malformed {
    return new SessionId(r.i64(), r.i64());
  }

  void write(Writer w) {
    w.i64(high).i64(low);
  }

  byte[] bytes() {
    Writer w = new Writer(BYTES);
    write(w);
    return w.toBytes();
  }

  @Override
  public int compareTo(SessionId o) {
    int c = Long.compareUnsigned(high, o.high);
    return c != 0 ? c : Long.compareUnsigned(low, o.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high);
  }
}
