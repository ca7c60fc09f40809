package org.wayfolk.sim;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What happened, as a running SHA-256 and the last lines in words. A record is 26 bytes: kind,
 * time, from, to, length, type (or reason, or token). Hosts are their index, so that nothing
 * depends on a JVM.
 */
final class Trace {
  enum Kind {
    DIAL('d'),
    DIAL_FAILED('x'),
    UP('u'),
    DOWN('w'),
    FRAME('f'),
    LOST('l'),
    SIDE('s'),
    CRASH('c');

    private final char code;

    Kind(char code) {
      this.code = code;
    }
  }

  private static final int RECORD = 26;
  private static final int TAIL = 32;

  private final MessageDigest digest = sha256();
  private final ByteBuffer batch = ByteBuffer.allocate(RECORD * 512);
  private final Kind[] kinds = new Kind[TAIL];
  private final long[][] tail = new long[TAIL][5];
  private long records;

  void record(Kind kind, long at, int from, int to, int length, int type) {
    if (batch.remaining() < RECORD) {
      flush();
    }
    batch.put((byte) kind.code).putLong(at).putInt(from).putInt(to).putInt(length).putInt(type);
    batch.put((byte) '\n');
    int slot = (int) (records++ % TAIL);
    kinds[slot] = kind;
    long[] line = tail[slot];
    line[0] = at;
    line[1] = from;
    line[2] = to;
    line[3] = length;
    line[4] = type;
  }

  long records() {
    return records;
  }

  String hash() {
    flush();
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this JDK cannot be copied", e);
    }
  }

  /** The last records, oldest first, a line each. */
  String tail() {
    StringBuilder s = new StringBuilder();
    for (long i = Math.max(0, records - TAIL); i < records; i++) {
      long[] l = tail[(int) (i % TAIL)];
      s.append(
          "  %.6f %s %d>%d length=%d type=%d%n"
              .formatted(l[0] / 1e9, kinds[(int) (i % TAIL)], l[1], l[2], l[3], l[4]));
    }
    return s.toString();
  }

  private void flush() {
    digest.update(batch.array(), 0, batch.position());
    batch.clear();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
