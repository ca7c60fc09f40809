package org.wayfolk.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.wayfolk.id.NodeId;

/**
 * A cursor over part of a borrowed array. All numbers are big-endian; a uvarint is unsigned LEB128,
 * at most 10 bytes (wire format of nodenet, shared). Reusable by {@link #reset}; not for use by
 * several threads at once.
 */
public final class Reader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int at;
  private int end;

  /** Reads the whole array. */
  public Reader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads {@code length} bytes from {@code offset}. */
  public Reader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    reset(bytes, offset, length);
  }

  /** Points this reader at other bytes. */
  public void reset(byte[] bytes, int offset, int length) {
    if ((offset | length) < 0 || offset > bytes.length - length) {
      throw new IndexOutOfBoundsException("offset " + offset + " length " + length);
    }
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** Bytes not read yet. */
  public int remaining() {
    return end - at;
  }

  /** Index of the next byte in the underlying array. */
  public int position() {
    return at;
  }

  /** The underlying array. */
  public byte[] array() {
    return bytes;
  }

  /** One byte, 0..255. */
  public int u8() throws Malformed {
    need(1);
    return bytes[at++] & 0xff;
  }

  /** Two bytes, 0..65535. */
  public int u16() throws Malformed {
    need(2);
    int v = (short) SHORT.get(bytes, at) & 0xffff;
    at += 2;
    return v;
  }

  /** Four bytes. */
  public int i32() throws Malformed {
    need(4);
    int v = (int) INT.get(bytes, at);
    at += 4;
    return v;
  }

  /** Eight bytes. */
  public long i64() throws Malformed {
    need(8);
    long v = (long) LONG.get(bytes, at);
    at += 8;
    return v;
  }

  /** Unsigned LEB128; non-minimal forms are accepted, truncated or wider than 64 bits are not. */
  public long uvarint() throws Malformed {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      if (shift == 63 && b > 1) {
        throw new Malformed("uvarint wider than 64 bits");
      }
      v |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return v;
      }
    }
    throw new Malformed("uvarint longer than 10 bytes");
  }

  /** A uvarint that counts something of which at most {@code max} are allowed. */
  public int count(int max) throws Malformed {
    long v = uvarint();
    if (v < 0 || v > max) {
      throw new Malformed("count over its limit");
    }
    return (int) v;
  }

  /** A node id, 32 bytes. */
  public NodeId nodeId() throws Malformed {
    need(NodeId.BYTES);
    NodeId id = NodeId.of(bytes, at);
    at += NodeId.BYTES;
    return id;
  }

  /** Exactly {@code n} bytes, copied. */
  public byte[] copy(int n) throws Malformed {
    need(n);
    byte[] out = Arrays.copyOfRange(bytes, at, at + n);
    at += n;
    return out;
  }

  /** A byte string behind a uvarint length of at most {@code max}, copied. */
  public byte[] copyPrefixed(int max) throws Malformed {
    return copy(count(max));
  }

  /** Passes over {@code n} bytes and answers where they began. */
  public int skip(int n) throws Malformed {
    need(n);
    int from = at;
    at += n;
    return from;
  }

  /** Refuses trailing bytes. */
  public void end() throws Malformed {
    if (at != end) {
      throw new Malformed("trailing bytes");
    }
  }

  private void need(int n) throws Malformed {
    if (n < 0 || n > end - at) {
      throw new Malformed("truncated");
    }
  }
}
