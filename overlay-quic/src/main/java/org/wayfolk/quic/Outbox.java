package org.wayfolk.quic;

import java.util.Arrays;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Writer;

/**
 * What waits to be sent on one link: a queue of bytes for each traffic class, in native memory, so
 * that a frame is copied once between its packet and quiche and small frames share packets by
 * themselves.
 *
 * <p>Each frame is stored as the record that goes on the wire: uvarint length, then the frame.
 * Earlier classes leave first, but a record that has begun is finished. Producers are any threads;
 * the consumer is the transport's loop, which reads outside the lock: producers only append behind
 * what it was shown.
 */
@SuppressWarnings("EnumOrdinal") // an index into our own array, in order of precedence
final class Outbox {
  private static final TrafficClass[] CLASSES = TrafficClass.values();

  private static final byte[] NOTHING = {};

  private final ChunkPool chunks;
  private final Lane[] lanes;
  private Lane current;
  private int leftInRecord;
  private boolean isFrame;
  private boolean closed;

  Outbox(ChunkPool chunks) {
    this.chunks = chunks;
    lanes = new Lane[CLASSES.length];
    for (TrafficClass c : CLASSES) {
      lanes[c.ordinal()] = new Lane(OutboxLimits.of(c));
    }
    current = lanes[0];
  }

  /**
   * Adds a frame; false if its class is full, all outboxes together are, or this one is closed. Any
   * thread.
   */
  synchronized boolean offer(byte[] from, int offset, int length, TrafficClass kind) {
    Lane lane = lanes[kind.ordinal()];
    int header = Writer.uvarintLength(length);
    return !closed
        && lane.bytes + header + length <= lane.limit
        && lane.reserve(header + length)
        && lane.append(from, offset, length);
  }

  /** Adds an empty record, which only opens the stream. */
  void open() {
    offer(NOTHING, 0, 0, TrafficClass.CONTROL);
  }

  /** Bytes that wait in a class. Any thread. */
  synchronized int queued(TrafficClass kind) {
    return lanes[kind.ordinal()].bytes;
  }

  /** Bytes that wait in all classes. */
  synchronized int queued() {
    int sum = 0;
    for (Lane lane : lanes) {
      sum += lane.bytes;
    }
    return sum;
  }

  /** How many bytes can be sent next in one piece, 0 for none; they begin at {@link #at}. */
  synchronized int peek() {
    if (leftInRecord == 0) {
      for (Lane lane : lanes) {
        if (lane.bytes > 0) {
          current = lane;
          break;
        }
      }
    }
    int run = Math.min(current.bytes, ChunkPool.CHUNK - current.readAt);
    return leftInRecord > 0 && earlierWaits() ? Math.min(run, leftInRecord) : run;
  }

  private boolean earlierWaits() {
    for (Lane lane : lanes) {
      if (lane == current) {
        return false;
      }
      if (lane.bytes > 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the bytes of the last {@link #peek} are. */
  synchronized long at() {
    return current.chunk(0) + current.readAt;
  }

  /**
   * The first {@code count} bytes of the last {@link #peek} have left; answers how many frames that
   * ended.
   */
  synchronized int sent(int count) {
    int rest = count;
    int ended = 0;
    while (rest > 0) {
      if (leftInRecord == 0) {
        leftInRecord = current.nextRecord();
        isFrame = leftInRecord > 1;
      }
      int part = Math.min(rest, leftInRecord);
      leftInRecord -= part;
      rest -= part;
      ended += isFrame && leftInRecord == 0 ? 1 : 0;
    }
    current.skip(count);
    return ended;
  }

  /** Takes no more frames. */
  synchronized void refuse() {
    closed = true;
  }

  /** Takes no more frames and forgets those that wait; no memory is touched afterwards. */
  synchronized void close() {
    closed = true;
    for (Lane lane : lanes) {
      lane.clear();
    }
    leftInRecord = 0;
  }

  /** A queue of bytes in chunks, and of the lengths of its records. */
  private final class Lane {
    private final int limit;
    private long[] held = new long[2];
    private int first;
    private int count;
    private int readAt;
    private int writeAt = ChunkPool.CHUNK;
    private int writeChunk;
    private int bytes;
    private int[] records = new int[8];
    private int firstRecord;
    private int recordCount;

    Lane(int limit) {
      this.limit = limit;
    }

    /** The i-th chunk held, 0 for the one being read. */
    long chunk(int i) {
      return held[first + i & held.length - 1];
    }

    boolean reserve(int more) {
      int room = ChunkPool.CHUNK - writeAt;
      int before = count;
      while (room < more) {
        long chunk = chunks.take();
        if (chunk == 0) {
          while (count > before) {
            chunks.give(chunk(--count));
          }
          return false;
        }
        if (count == held.length) {
          growHeld();
        }
        held[first + count++ & held.length - 1] = chunk;
        room += ChunkPool.CHUNK;
      }
      writeChunk = before - 1;
      return true;
    }

    boolean append(byte[] from, int offset, int length) {
      int header = length;
      while (header >= 0x80) {
        put((header & 0x7f) | 0x80);
        header >>>= 7;
      }
      put(header);
      int done = 0;
      while (done < length) {
        if (writeAt == ChunkPool.CHUNK) {
          nextWriteChunk();
        }
        int part = Math.min(length - done, ChunkPool.CHUNK - writeAt);
        NativeMemory.copyIn(from, offset + done, chunk(writeChunk) + writeAt, part);
        writeAt += part;
        done += part;
      }
      int record = Writer.uvarintLength(length) + length;
      bytes += record;
      if (recordCount == records.length) {
        growRecords();
      }
      records[firstRecord + recordCount++ & records.length - 1] = record;
      return true;
    }

    private void put(int b) {
      if (writeAt == ChunkPool.CHUNK) {
        nextWriteChunk();
      }
      NativeMemory.u8(chunk(writeChunk) + writeAt++, b);
    }

    private void nextWriteChunk() {
      writeChunk++;
      writeAt = 0;
    }

    int nextRecord() {
      int length = records[firstRecord];
      firstRecord = firstRecord + 1 & records.length - 1;
      recordCount--;
      return length;
    }

    void skip(int n) {
      bytes -= n;
      readAt += n;
      if (bytes == 0) {
        clear();
      } else if (readAt == ChunkPool.CHUNK) {
        chunks.give(chunk(0));
        first = first + 1 & held.length - 1;
        count--;
        readAt = 0;
      }
    }

    void clear() {
      while (count > 0) {
        chunks.give(chunk(--count));
      }
      bytes = 0;
      readAt = 0;
      writeAt = ChunkPool.CHUNK;
      recordCount = 0;
    }

    private void growHeld() {
      long[] larger = new long[held.length * 2];
      for (int i = 0; i < count; i++) {
        larger[i] = chunk(i);
      }
      held = larger;
      first = 0;
    }

    private void growRecords() {
      int[] larger = new int[records.length * 2];
      int tail = records.length - firstRecord;
      System.arraycopy(records, firstRecord, larger, 0, tail);
      System.arraycopy(records, 0, larger, tail, firstRecord);
      records = larger;
      firstRecord = 0;
      Arrays.fill(larger, recordCount, larger.length, 0);
    }
  }
}
