package org.wayfolk.sim.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows one write-ahead log as it grows: up to where it is valid, and which pages it holds.
 *
 * <p>Format: "WAL-mode File Format" of SQLite's documentation. All numbers big-endian; the byte
 * order of the checksum follows from the last bit of the magic.
 *
 * <pre>
 * header  magic u32 | version u32 | page size u32 | sequence u32 | salts 2 u32 | sums 2 u32
 * frame   page u32 | pages after commit or 0, u32 | salts 2 u32 | sums 2 u32 | page
 * </pre>
 *
 * <p>A frame counts if its salts are the header's and its sums go on from the frame before it. What
 * is committed ends with a frame that names the size of the database.
 */
final class Wal {
  static final int HEADER_BYTES = 32;
  static final int FRAME_HEADER_BYTES = 24;
  private static final int MAGIC = 0x377f0682;
  private static final int SUMMED_OF_HEADER = 24;
  private static final int SUMMED_OF_FRAME_HEADER = 8;

  /** SQLite's limits of a page's size. */
  private static final int MIN_PAGE = 512;

  private static final int MAX_PAGE = 65_536;

  private final Path file;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private final TreeMap<Integer, Long> pages = new TreeMap<>();
  private final TreeMap<Integer, Long> unsettled = new TreeMap<>();
  private ByteBuffer frame = ByteBuffer.allocate(0);
  private byte[] known = new byte[0];
  private int pageBytes;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private long committed;
  private int pagesAfter;
  private int sum0;
  private int sum1;
  private int committedSum0;
  private int committedSum1;

  Wal(Path file) {
    this.file = file;
  }

  /**
   * Reads what has come since the last call.
   *
   * @return whether the log has begun anew since then
   */
  boolean follow() throws IOException {
    if (!Files.exists(file)) {
      return begin(new byte[0]);
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      header.clear();
      boolean anew = false;
      if (!fill(in, header, 0) || !valid(header)) {
        return begin(new byte[0]);
      }
      if (!Arrays.equals(header.array(), known)) {
        anew = begin(header.array().clone());
      }
      readFrames(in);
      return anew;
    }
  }

  /** Where the last committed transaction ends, in bytes; 0 if there is none. */
  long committed() {
    return committed;
  }

  int pageBytes() {
    return pageBytes;
  }

  /** How many pages the main file has after the last committed transaction. */
  int pagesAfter() {
    return pagesAfter;
  }

  /** Where the newest committed image of each page lies in the log. */
  Map<Integer, Long> pages() {
    return Collections.unmodifiableMap(pages);
  }

  private boolean begin(byte[] bytes) {
    boolean was = known.length != 0;
    known = bytes;
    committed = 0;
    pages.clear();
    if (bytes.length != 0) {
      pageBytes = header.getInt(8);
      frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageBytes);
      committedSum0 = header.getInt(24);
      committedSum1 = header.getInt(28);
    }
    return was || bytes.length != 0;
  }

  /** Also sets {@link #order} from the magic. */
  private boolean valid(ByteBuffer h) {
    int size = h.getInt(8);
    if ((h.getInt(0) & ~1) != MAGIC
        || size < MIN_PAGE
        || size > MAX_PAGE
        || Integer.bitCount(size) != 1) {
      return false;
    }
    order = (h.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    sum0 = 0;
    sum1 = 0;
    add(h, 0, SUMMED_OF_HEADER);
    return sum0 == h.getInt(24) && sum1 == h.getInt(28);
  }

  private void readFrames(FileChannel in) throws IOException {
    sum0 = committedSum0;
    sum1 = committedSum1;
    unsettled.clear();
    long at = Math.max(committed, HEADER_BYTES);
    while (true) {
      frame.clear();
      if (!fill(in, frame, at) || !accepted()) {
        return;
      }
      unsettled.put(frame.getInt(0), at);
      at += frame.capacity();
      if (frame.getInt(4) != 0) {
        committed = at;
        pagesAfter = frame.getInt(4);
        committedSum0 = sum0;
        committedSum1 = sum1;
        pages.putAll(unsettled);
        unsettled.clear();
      }
    }
  }

  private boolean accepted() {
    if (frame.getInt(8) != header.getInt(16) || frame.getInt(12) != header.getInt(20)) {
      return false;
    }
    add(frame, 0, SUMMED_OF_FRAME_HEADER);
    add(frame, FRAME_HEADER_BYTES, frame.capacity());
    return sum0 == frame.getInt(16) && sum1 == frame.getInt(20);
  }

  private void add(ByteBuffer b, int from, int to) {
    b.order(order);
    int s0 = sum0;
    int s1 = sum1;
    for (int i = from; i < to; i += 8) {
      s0 += b.getInt(i) + s1;
      s1 += b.getInt(i + 4) + s0;
    }
    sum0 = s0;
    sum1 = s1;
    b.order(ByteOrder.BIG_ENDIAN);
  }

  /** Fills the whole buffer from this place of the file; false if the file ends before. */
  static boolean fill(FileChannel in, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      if (in.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }
}
