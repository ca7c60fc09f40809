package org.wayfolk.quic;

/**
 * What a server must know of a long header before there is a connection (RFC 8999 5.1, RFC 9000
 * 17.2).
 *
 * <pre>
 *   0     first byte: 1 F T T x x x x      (F fixed bit, TT type, 00 = Initial)
 *   1     version, 4 bytes
 *   5     length of DCID, DCID, length of SCID, SCID
 *   then, in an Initial: varint length of token, token
 * </pre>
 *
 * One instance is used again and again by the loop.
 */
final class LongHeader {
  /** Longest connection id of QUIC version 1. */
  static final int MAX_ID = 20;

  private static final int MIN_CLIENT_ID = 8;

  private int version;
  private long dcid;
  private int dcidLength;
  private long scid;
  private int scidLength;
  private long token;
  private int tokenLength;
  private boolean initial;

  /**
   * Reads the part that every version has; false if the ids are not there or too long for us to
   * answer.
   */
  boolean parse(long at, int length) {
    tokenLength = 0;
    initial = false;
    if (length < 7) {
      return false;
    }
    version = NativeMemory.i32(at + 1);
    dcidLength = NativeMemory.u8(at + 5);
    dcid = at + 6;
    if (dcidLength > MAX_ID || 6 + dcidLength + 1 > length) {
      return false;
    }
    scidLength = NativeMemory.u8(dcid + dcidLength);
    scid = dcid + dcidLength + 1;
    if (scidLength > MAX_ID || scid + scidLength - at > length) {
      return false;
    }
    initial = (NativeMemory.u8(at) & 0xf0) == 0xc0;
    return !initial || version != 1 || parseToken(at + length);
  }

  private boolean parseToken(long end) {
    long p = scid + scidLength;
    if (p >= end) {
      return false;
    }
    int bytes = 1 << (NativeMemory.u8(p) >>> 6);
    if (p + bytes > end) {
      return false;
    }
    long n = NativeMemory.u8(p) & 0x3f;
    for (int i = 1; i < bytes; i++) {
      n = n << 8 | NativeMemory.u8(p + i);
    }
    token = p + bytes;
    if (n > end - token) {
      return false;
    }
    tokenLength = (int) n;
    return dcidLength >= MIN_CLIENT_ID;
  }

  /** Whether this is an Initial of version 1. */
  boolean initial() {
    return initial && version == 1;
  }

  int version() {
    return version;
  }

  long dcid() {
    return dcid;
  }

  int dcidLength() {
    return dcidLength;
  }

  long scid() {
    return scid;
  }

  int scidLength() {
    return scidLength;
  }

  long token() {
    return token;
  }

  int tokenLength() {
    return tokenLength;
  }
}
