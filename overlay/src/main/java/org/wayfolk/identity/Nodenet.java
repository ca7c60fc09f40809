package org.wayfolk.identity;

import java.nio.charset.StandardCharsets;

/**
 * The signed formats that we share with nodenet, the older protocol, byte for byte
 * (docs/protocol/identity.md). They are older than {@link Purpose}: each has a label of its own and
 * its fields are not delimited.
 */
final class Nodenet {

  /** Bytes of an envelope before its avoid list: target 32, ttl 1, origin key 32, sent 8. */
  static final int ORIGIN_AT = 33;

  private static final int ID_BYTES = 32;
  private static final int ORIGIN_AND_SENT = 40;
  private static final byte[] ENVELOPE = ascii("nodenet/v1/routing-envelope");

  private Nodenet() {}

  /**
   * The digest that an envelope's signature covers: BLAKE2b-256 over label, frame type, target,
   * origin key, time and payload. TTL and avoid list are not covered: forwarders change them.
   */
  static byte[] envelopeDigest(
      int type, byte[] envelope, int targetAt, int payloadAt, int payloadLength) {
    return new Blake2b()
        .update(ENVELOPE, 0, ENVELOPE.length)
        .update((byte) type)
        .update(envelope, targetAt, ID_BYTES)
        .update(envelope, targetAt + ORIGIN_AT, ORIGIN_AND_SENT)
        .update(envelope, payloadAt, payloadLength)
        .digest();
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
