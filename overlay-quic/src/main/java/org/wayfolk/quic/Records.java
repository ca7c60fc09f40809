package org.wayfolk.quic;

import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.wire.FrameHeader;

/**
 * Cuts the bytes of a stream into records, each {@code uvarint(n)} and {@code n} bytes, {@code 0 <=
 * n <= 65,536}, and copies each into a packet of its own. Holds at most one unfinished packet a
 * link.
 */
final class Records {
  /** Takes whole records. */
  interface Sink {
    /** One record; the packet is the sink's. False: stop, the link is closing. */
    boolean record(Packet packet);
  }

  private final PacketPool pool;
  private long header;
  private int shift;
  private @Nullable Packet filling;
  private int wanted;
  private int have;

  Records(PacketPool pool) {
    this.pool = pool;
  }

  /**
   * Takes stream bytes.
   *
   * @return false if they are no records, or the sink said stop
   */
  boolean take(long at, int length, Sink sink) {
    long p = at;
    long end = at + length;
    while (p < end) {
      Packet packet = filling;
      if (packet == null) {
        int b = NativeMemory.u8(p++);
        header |= (long) (b & 0x7f) << shift;
        shift += 7;
        if (b >= 0x80) {
          // Three bytes carry every allowed length; padded forms have at most ten in all.
          if (shift > 63 || header < 0 || header > FrameHeader.MAX_RECORD) {
            return false;
          }
          continue;
        }
        if (header < 0 || header > FrameHeader.MAX_RECORD) {
          return false;
        }
        wanted = (int) header;
        have = 0;
        header = 0;
        shift = 0;
        packet = pool.take(wanted);
        filling = packet;
      }
      int part = (int) Math.min(wanted - have, end - p);
      NativeMemory.copyOut(p, packet.array(), have, part);
      have += part;
      p += part;
      if (have == wanted) {
        filling = null;
        packet.set(0, wanted);
        if (!sink.record(packet)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Gives back what is unfinished. */
  void close() {
    Packet packet = filling;
    if (packet != null) {
      filling = null;
      packet.release();
    }
  }
}
