package org.wayfolk.messenger.event;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The 16 random bytes that name one event for ever, on every device, through all its encryptions.
 */
public record EventId(long high, long low) {
  /** Bytes on the wire and in the store. */
  public static final int BYTES = 16;

  /** Draws a new one. */
  public static EventId draw(RandomGenerator random) {
    return new EventId(random.nextLong(), random.nextLong());
  }

  /** Of its 16 bytes. */
  public static EventId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an event id has 16 bytes");
    }
    try {
      return read(new Reader(bytes));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of its 32 hex digits. */
  public static EventId parse(String hex) throws Malformed {
    if (hex.length() != 2 * BYTES) {
      throw new Malformed("an event id has 32 hex digits");
    }
    try {
      return of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not hex");
    }
  }

  /** Reads its 16 bytes. */
  public static EventId read(Reader r) throws Malformed {
    return new EventId(r.i64(), r.i64());
  }

  /** Writes its 16 bytes. */
  public void write(Writer w) {
    w.i64(high).i64(low);
  }

  /** Its 16 bytes. */
  public byte[] bytes() {
    Writer w = new Writer(BYTES);
    write(w);
    return w.toBytes();
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
