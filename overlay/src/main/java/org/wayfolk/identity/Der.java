package org.wayfolk.identity;

import java.math.BigInteger;
import org.wayfolk.wire.Malformed;

/**
 * As much of DER (X.690) as one certificate needs: a reader that refuses what is not the one
 * canonical form of a length, and never looks outside its bytes, and functions that write.
 */
final class Der {

  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private final byte[] bytes;
  private final int end;
  private int at;

  private Der(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Reads a whole array. */
  static Der of(byte[] bytes) {
    return new Der(bytes, 0, bytes.length);
  }

  boolean hasMore() {
    return at < end;
  }

  /** The tag of the next element, or -1 at the end. */
  int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  /** Steps into the next element, which must have this tag; this reader goes on behind it. */
  Der enter(int tag) throws Malformed {
    if (peek() != tag) {
      throw new Malformed("certificate: unexpected element");
    }
    at++;
    int length = length();
    if (length > end - at) {
      throw new Malformed("certificate: truncated");
    }
    Der inner = new Der(bytes, at, at + length);
    at += length;
    return inner;
  }

  /**
   * Passes over the next element, which must have this tag, and returns it whole, header and all.
   */
  byte[] element(int tag) throws Malformed {
    int from = at;
    enter(tag);
    return java.util.Arrays.copyOfRange(bytes, from, at);
  }

  /** What is left, as it is. */
  byte[] rest() {
    return java.util.Arrays.copyOfRange(bytes, at, end);
  }

  /** Refuses trailing bytes. */
  void finish() throws Malformed {
    if (at != end) {
      throw new Malformed("certificate: trailing bytes");
    }
  }

  private int length() throws Malformed {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    // two octets reach 65,535: more than any certificate we look at
    int value =
        switch (first) {
          case 0x81 -> octet();
          case 0x82 -> octet() << 8 | octet();
          default -> throw new Malformed("certificate: length form");
        };
    if (value < (first == 0x81 ? 0x80 : 0x100)) {
      throw new Malformed("certificate: length not minimal");
    }
    return value;
  }

  private int octet() throws Malformed {
    if (at >= end) {
      throw new Malformed("certificate: truncated");
    }
    return bytes[at++] & 0xff;
  }

  /** Writes an element of the given contents, one after the other; at most 65,535 bytes. */
  static byte[] write(int tag, byte[]... contents) {
    byte[] content = Nodenet.concat(contents);
    int n = content.length;
    byte[] header;
    if (n < 0x80) {
      header = new byte[] {(byte) tag, (byte) n};
    } else if (n < 0x100) {
      header = new byte[] {(byte) tag, (byte) 0x81, (byte) n};
    } else {
      header = new byte[] {(byte) tag, (byte) 0x82, (byte) (n >>> 8), (byte) n};
    }
    return Nodenet.concat(header, content);
  }

  static byte[] integer(BigInteger value) {
    return write(INTEGER, value.toByteArray());
  }

  /** A bit string of whole bytes. */
  static byte[] bits(byte[]... contents) {
    return write(BIT_STRING, new byte[1], Nodenet.concat(contents));
  }
}
