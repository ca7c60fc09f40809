package org.wayfolk.quic;

/**
 * Puts packets on the wire, many at once, and keeps those that the kernel would not take yet. While
 * some are kept, nobody may write new packets: there is one buffer. Owned by the loop.
 */
final class Batches {
  /** Room for the largest batch and one packet behind it. */
  static final int BUFFER_BYTES = UdpSocket.MAX_BATCH + 2_048;

  /**
   * Spans one connection can leave behind in a turn: a handshake flight has packets of a few sizes.
   */
  private static final int MAX_KEPT = 16;

  private final UdpSocket socket;
  private final Counters counters;
  private final long buffer;
  private final long[] keptAt = new long[MAX_KEPT];
  private final int[] keptLength = new int[MAX_KEPT];
  private final int[] keptSegment = new int[MAX_KEPT];
  private final Path[] keptTo = new Path[MAX_KEPT];
  private int kept;

  Batches(UdpSocket socket, NativeMemory memory, Counters counters) {
    this.socket = socket;
    this.counters = counters;
    this.buffer = memory.take(BUFFER_BYTES);
  }

  /** Where packets are written. */
  long buffer() {
    return buffer;
  }

  /** Most bytes of packets of this size in one batch. */
  int room(int segment) {
    return socket.maxSegments(segment) * segment;
  }

  /** Whether the kernel takes nothing now, so that nothing may be written. */
  boolean blocked() {
    return kept > 0;
  }

  /**
   * Sends packets of {@code segment} bytes, the last one perhaps shorter. Keeps what does not go.
   */
  void send(long at, int length, int segment, Path to) {
    if (kept > 0) {
      keep(at, length, segment, to);
      return;
    }
    switch (socket.send(at, length, segment, to)) {
      case ALL -> sent(length, segment);
      case FAILED -> counters.count(Counter.SEND_FAILED);
      case BLOCKED -> {
        counters.count(Counter.SEND_BLOCKED);
        keep(at, length, segment, to);
      }
    }
  }

  /** Tries again what was kept; answers whether all is gone. */
  boolean retry() {
    for (int i = 0; i < kept; i++) {
      switch (socket.send(keptAt[i], keptLength[i], keptSegment[i], keptTo[i])) {
        case ALL -> sent(keptLength[i], keptSegment[i]);
        case FAILED -> counters.count(Counter.SEND_FAILED);
        case BLOCKED -> {
          shift(i);
          return false;
        }
      }
    }
    kept = 0;
    return true;
  }

  private void sent(int length, int segment) {
    counters.add(Counter.PACKETS_OUT, (length + segment - 1) / segment);
    counters.add(Counter.BYTES_OUT, length);
  }

  private void keep(long at, int length, int segment, Path to) {
    if (kept == MAX_KEPT) {
      counters.count(Counter.SEND_FAILED);
      return;
    }
    keptAt[kept] = at;
    keptLength[kept] = length;
    keptSegment[kept] = segment;
    keptTo[kept++] = to;
  }

  private void shift(int by) {
    kept -= by;
    System.arraycopy(keptAt, by, keptAt, 0, kept);
    System.arraycopy(keptLength, by, keptLength, 0, kept);
    System.arraycopy(keptSegment, by, keptSegment, 0, kept);
    System.arraycopy(keptTo, by, keptTo, 0, kept);
  }
}
