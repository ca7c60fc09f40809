package org.wayfolk.messenger.event;

import java.util.Arrays;
import java.util.HexFormat;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * A 32-byte name: a person's card, or a conversation. Immutable, ordered as unsigned bytes. Cards
 * are a room's beside this one, which knows nothing of roots.
 */
public final class Hash32 implements Comparable<Hash32> {
  /** Bytes of it. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash32(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes a copy of 32 bytes.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Hash32 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a name has 32 bytes, not " + bytes.length);
    }
    return new Hash32(bytes.clone());
  }

  /** Reads the next 32 bytes. */
  public static Hash32 read(Reader r) throws Malformed {
    return new Hash32(r.copy(BYTES));
  }

  /** The 32 bytes, in an array of their own. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The first eight bytes, as a number: enough to tell the writers of one conversation apart. */
  public long prefix() {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = (prefix << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return prefix;
  }

  @Override
  public int compareTo(Hash32 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash32 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first six hex digits: the whole belongs into no log. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 3);
  }
}
