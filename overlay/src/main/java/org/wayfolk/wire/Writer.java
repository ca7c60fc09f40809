package org.wayfolk.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.wayfolk.id.NodeId;

/**
 * A cursor that fills part of an array, in the encoding that {@link Reader} reads. It never grows:
 * running over the end is a bug of ours and throws unchecked. Not for use by several threads at
 * once.
 */
public final class Writer {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int start;
  private int at;

  /** Writes into a new array of {@code capacity} bytes. */
  public Writer(int capacity) {
    this(new byte[capacity], 0);
  }

  /** Writes into {@code bytes} from {@code offset}. */
  public Writer(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.start = offset;
    this.at = offset;
  }

  /** Points this writer at another array. */
  public void reset(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.start = offset;
    this.at = offset;
  }

  /** Bytes written so far. */
  public int length() {
    return at - start;
  }

  /** Index of the next byte in the underlying array. */
  public int position() {
    return at;
  }

  /** What was written, copied. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** One byte. */
  public Writer u8(int v) {
    bytes[at++] = (byte) v;
    return this;
  }

  /** Two bytes. */
  public Writer u16(int v) {
    SHORT.set(bytes, at, (short) v);
    at += 2;
    return this;
  }

  /** Four bytes. */
  public Writer i32(int v) {
    INT.set(bytes, at, v);
    at += 4;
    return this;
  }

  /** Eight bytes. */
  public Writer i64(long v) {
    LONG.set(bytes, at, v);
    at += 8;
    return this;
  }

  /** Unsigned LEB128, minimal form. */
  public Writer uvarint(long v) {
    while ((v & ~0x7fL) != 0) {
      bytes[at++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[at++] = (byte) v;
    return this;
  }

  /** How many bytes {@link #uvarint} takes for {@code v}: 1..10. */
  public static int uvarintLength(long v) {
    int n = 1;
    while ((v & ~0x7fL) != 0) {
      v >>>= 7;
      n++;
    }
    return n;
  }

  /** A node id, 32 bytes. */
  public Writer nodeId(NodeId id) {
    id.write(bytes, at);
    at += NodeId.BYTES;
    return this;
  }

  /** All of {@code v}, no length. */
  public Writer bytes(byte[] v) {
    return bytes(v, 0, v.length);
  }

  /** {@code length} bytes of {@code v} from {@code offset}, no length. */
  public Writer bytes(byte[] v, int offset, int length) {
    System.arraycopy(v, offset, bytes, at, length);
    at += length;
    return this;
  }

  /** All of {@code v} behind its uvarint length. */
  public Writer prefixed(byte[] v) {
    return uvarint(v.length).bytes(v);
  }
}
