package org.wayfolk.delivery;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/** The 16 random bytes that name one message of one sender through all its repeats. */
public record MessageId(long high, long low) {
  /** Bytes on the wire. */
  public static final int BYTES = 16;

  /** Draws a new one. */
  static MessageId draw(RandomGenerator random) {
    return new MessageId(random.nextLong(), random.nextLong());
  }

  static MessageId read(Reader r) throws Malformed {
    return new MessageId(r.i64(), r.i64());
  }

  void write(Writer w) {
    w.i64(high).i64(low);
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
