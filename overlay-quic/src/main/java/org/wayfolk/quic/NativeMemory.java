package org.wayfolk.quic;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All native memory of one transport: taken from one arena, counted, freed together by {@link
 * #close}.
 *
 * <p>Addresses are plain longs, because quiche and the kernel want longs and an object per packet
 * is what this transport does without. The price is that nothing but care bounds an access: whoever
 * hands an address to native code asserts {@link #owns} first, and nobody keeps one past {@link
 * #close}. Allocation is rare; reading and writing is static.
 */
final class NativeMemory implements AutoCloseable {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfLong LONG_BE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT_BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT_BE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final AtomicLong LIVE = new AtomicLong();

  /** Cache lines and every C struct are content with this. */
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> regions = new CopyOnWriteArrayList<>();
  private long taken;
  private boolean closed;

  /** Native bytes held by all transports of this process: 0 once all are closed. */
  static long liveBytes() {
    return LIVE.get();
  }

  /** Takes {@code bytes} of zeroed memory and answers its address. */
  synchronized long take(long bytes) {
    if (closed) {
      throw new IllegalStateException("native memory is freed");
    }
    MemorySegment region = arena.allocate(bytes, ALIGNMENT);
    regions.add(region);
    taken += bytes;
    LIVE.addAndGet(bytes);
    return region.address();
  }

  /**
   * Whether all of {@code length} bytes at {@code at} lie in one region taken here. For assertions.
   */
  boolean owns(long at, long length) {
    for (MemorySegment region : regions) {
      long offset = at - region.address();
      if (offset >= 0 && length >= 0 && offset <= region.byteSize() - length) {
        return true;
      }
    }
    return false;
  }

  /** The region that begins at {@code at}, as a buffer in network order; for java.nio. */
  ByteBuffer buffer(long at, int length) {
    assert owns(at, length);
    return MemorySegment.ofAddress(at).reinterpret(length).asByteBuffer();
  }

  /** Frees everything. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      regions.clear();
      arena.close();
      LIVE.addAndGet(-taken);
    }
  }

  static int u8(long at) {
    return ALL.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  static int u16(long at) {
    return ALL.get(SHORT_BE, at) & 0xffff;
  }

  static int i32(long at) {
    return ALL.get(INT_BE, at);
  }

  static long i64(long at) {
    return ALL.get(LONG_BE, at);
  }

  static void u8(long at, int value) {
    ALL.set(ValueLayout.JAVA_BYTE, at, (byte) value);
  }

  static void u16(long at, int value) {
    ALL.set(SHORT_BE, at, (short) value);
  }

  static void i32(long at, int value) {
    ALL.set(INT_BE, at, value);
  }

  static void i64(long at, long value) {
    ALL.set(LONG_BE, at, value);
  }

  /** In the machine's own byte order, as C structs want it. */
  static long nativeLong(long at) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
  }

  /** In the machine's own byte order, as C structs want it. */
  static int nativeInt(long at) {
    return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, at);
  }

  /** In the machine's own byte order, as C structs want it. */
  static int nativeShort(long at) {
    return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) & 0xffff;
  }

  static void nativeLong(long at, long value) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
  }

  static void nativeInt(long at, int value) {
    ALL.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
  }

  static void nativeShort(long at, int value) {
    ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
  }

  static void copyIn(byte[] from, int offset, long to, int length) {
    MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, to, length);
  }

  static void copyOut(long from, byte[] to, int offset, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, offset, length);
  }
}
