package org.wayfolk.id;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The name of a node: BLAKE2b-256 of its Ed25519 public key, as an unsigned 256-bit big-endian
 * number in four longs, most significant first.
 *
 * <p>Distance is XOR (Maymounkov and Mazières, Kademlia, 2002): symmetric, and for each distance
 * exactly one id. Text form: 64 lower-case hex digits. The natural order is that of unsigned
 * numbers.
 */
public record NodeId(long a, long b, long c, long d) implements Comparable<NodeId> {

  /** Bytes of an id on the wire. */
  public static final int BYTES = 32;

  /** Bits of an id. */
  public static final int BITS = 256;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Reads 32 bytes of {@code from} starting at {@code offset}.
   *
   * @throws IndexOutOfBoundsException if fewer than 32 bytes remain
   */
  public static NodeId of(byte[] from, int offset) {
    return new NodeId(
        (long) LONG.get(from, offset),
        (long) LONG.get(from, offset + 8),
        (long) LONG.get(from, offset + 16),
        (long) LONG.get(from, offset + 24));
  }

  /**
   * Reads an id from exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static NodeId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a node id has 32 bytes, not " + bytes.length);
    }
    return of(bytes, 0);
  }

  /**
   * Parses 64 hex digits of either case.
   *
   * @throws IllegalArgumentException if the text is anything else; its message is fit to show a
   *     user
   */
  public static NodeId parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("a node id has 64 hex digits, not " + hex.length());
    }
    try {
      return of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a node id has only the digits 0-9 and a-f", e);
    }
  }

  /** Writes the 32 bytes to {@code into} at {@code offset}. */
  public void write(byte[] into, int offset) {
    LONG.set(into, offset, a);
    LONG.set(into, offset + 8, b);
    LONG.set(into, offset + 16, c);
    LONG.set(into, offset + 24, d);
  }

  /** The 32 bytes, in an array of their own. */
  public byte[] bytes() {
    byte[] out = new byte[BYTES];
    write(out, 0);
    return out;
  }

  /** The word {@code i} of 0..3, most significant first. */
  public long word(int i) {
    return switch (i) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      case 3 -> d;
      default -> throw new IndexOutOfBoundsException(i);
    };
  }

  /** Bit {@code i}, counted from the most significant; 0 or 1. */
  public int bit(int i) {
    return (int) (word(i >>> 6) >>> (63 - (i & 63))) & 1;
  }

  /** This id with bit {@code i} flipped, counted from the most significant. */
  public NodeId flip(int i) {
    long mask = 1L << (63 - (i & 63));
    return switch (i >>> 6) {
      case 0 -> new NodeId(a ^ mask, b, c, d);
      case 1 -> new NodeId(a, b ^ mask, c, d);
      case 2 -> new NodeId(a, b, c ^ mask, d);
      case 3 -> new NodeId(a, b, c, d ^ mask);
      default -> throw new IndexOutOfBoundsException(i);
    };
  }

  /** The XOR distance to {@code other}, as a number of the same shape. */
  public NodeId distance(NodeId other) {
    return new NodeId(a ^ other.a, b ^ other.b, c ^ other.c, d ^ other.d);
  }

  /** How many leading bits are equal: 0..256. */
  public int commonPrefix(NodeId other) {
    return commonPrefix(a, b, c, d, other.a, other.b, other.c, other.d);
  }

  /** Leading zero bits: 0..256. What proof of work counts. */
  public int leadingZeros() {
    return commonPrefix(a, b, c, d, 0, 0, 0, 0);
  }

  /**
   * Negative if {@code x} is nearer to this id than {@code y}, positive if farther, zero only if
   * they are equal.
   */
  public int compareDistance(NodeId x, NodeId y) {
    return compareDistance(a, b, c, d, x.a, x.b, x.c, x.d, y.a, y.b, y.c, y.d);
  }

  /** {@link #commonPrefix(NodeId)} on words, for code that must not allocate. */
  public static int commonPrefix(
      long a, long b, long c, long d, long oa, long ob, long oc, long od) {
    if (a != oa) {
      return Long.numberOfLeadingZeros(a ^ oa);
    }
    if (b != ob) {
      return 64 + Long.numberOfLeadingZeros(b ^ ob);
    }
    if (c != oc) {
      return 128 + Long.numberOfLeadingZeros(c ^ oc);
    }
    return 192 + Long.numberOfLeadingZeros(d ^ od);
  }

  /**
   * {@link #compareDistance(NodeId, NodeId)} of x and y to t on words, for code that must not
   * allocate.
   */
  public static int compareDistance(
      long ta,
      long tb,
      long tc,
      long td,
      long xa,
      long xb,
      long xc,
      long xd,
      long ya,
      long yb,
      long yc,
      long yd) {
    if (xa != ya) {
      return Long.compareUnsigned(ta ^ xa, ta ^ ya);
    }
    if (xb != yb) {
      return Long.compareUnsigned(tb ^ xb, tb ^ yb);
    }
    if (xc != yc) {
      return Long.compareUnsigned(tc ^ xc, tc ^ yc);
    }
    return Long.compareUnsigned(td ^ xd, td ^ yd);
  }

  @Override
  public int compareTo(NodeId other) {
    return compareDistance(0, 0, 0, 0, a, b, c, d, other.a, other.b, other.c, other.d);
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The first 8 hex digits, for logs and tables; not unique. */
  public String shortHex() {
    return hex().substring(0, 8);
  }

  @Override
  public String toString() {
    return hex();
  }
}
