package org.wayfolk.transport;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.FrameHeader;

/**
 * Packets of two sizes, kept for reuse. Thread-safe; no call blocks on a peer. What a pool keeps is
 * bounded, what it hands out is bounded by the queues that hold it. Taking and giving back
 * allocates nothing while the pool has some.
 */
public final class PacketPool {
  /** Most frames of chat and control fit. */
  public static final int SMALL = 2_048;

  /** Any record fits. */
  public static final int LARGE = FrameHeader.MAX_RECORD;

  /** Kept small packets: 4 MiB. */
  private static final int KEEP_SMALL = 2_048;

  /** Kept large packets: 8 MiB. */
  private static final int KEEP_LARGE = 128;

  static final boolean TRACKED = "tracked".equals(System.getProperty("org.wayfolk.packets"));

  private final Stack small = new Stack(KEEP_SMALL);
  private final Stack large = new Stack(KEEP_LARGE);
  private final AtomicLong out = new AtomicLong();

  /**
   * A packet of at least {@code capacity} bytes, empty, owned by the caller.
   *
   * @throws IllegalArgumentException above {@link #LARGE}
   */
  public Packet take(int capacity) {
    if (capacity > LARGE) {
      throw new IllegalArgumentException("no packet holds " + capacity + " bytes");
    }
    boolean isSmall = capacity <= SMALL;
    Packet p = (isSmall ? small : large).pop();
    if (p == null) {
      p = new Packet(this, isSmall ? SMALL : LARGE);
    }
    p.arm();
    out.incrementAndGet();
    return p;
  }

  /** A packet that holds a copy of {@code frame}. */
  public Packet copyOf(byte[] frame) {
    return copyOf(frame, 0, frame.length);
  }

  /** A packet that holds a copy of part of an array. */
  public Packet copyOf(byte[] from, int offset, int length) {
    Packet p = take(length);
    System.arraycopy(from, offset, p.array(), 0, length);
    p.set(0, length);
    return p;
  }

  /** Packets handed out and not given back: 0 when everything that used this pool is closed. */
  public long outstanding() {
    return out.get();
  }

  void back(Packet p) {
    out.decrementAndGet();
    (p.capacity() == SMALL ? small : large).push(p);
  }

  /** A bounded stack; what does not fit is left to the garbage collector. */
  private static final class Stack {
    private final @Nullable Packet[] held;
    private int size;

    Stack(int limit) {
      held = new @Nullable Packet[limit];
      Arrays.fill(held, null);
    }

    synchronized @Nullable Packet pop() {
      if (size == 0) {
        return null;
      }
      Packet p = held[--size];
      held[size] = null;
      return p;
    }

    synchronized void push(Packet p) {
      if (size < held.length) {
        held[size++] = p;
      }
    }
  }
}
