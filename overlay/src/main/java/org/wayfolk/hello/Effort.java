package org.wayfolk.hello;

import java.nio.charset.StandardCharsets;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Writer;

/**
 * The work that a hello costs under load: a number that makes a hash small. It is bound to one
 * connection by both nonces, both certificates and both ids, so it can be made neither before nor
 * for another. Checking costs one hash. Layout of what is hashed (docs/protocol/hello.md 6):
 *
 * <pre>
 *   seed  = SHA-256("wayfolk/1 hello effort" 00 ‖ nonces 2 x 32 ‖ SPKI hashes 2 x 32 ‖ ids 2 x 32)
 *   good  : first 8 bytes of SHA-256(seed ‖ effort 4 ‖ solution 8) &lt;= floor((2^64 - 1) / effort)
 * </pre>
 *
 * So an effort of E takes E hashes in the mean. A graphics card makes 10^9 and more a second: the
 * work orders those who wait, it keeps nobody with such a card out.
 */
final class Effort {
  /** What a hello costs when load begins: a tenth of a millisecond of one core. */
  static final int LEAST = 256;

  /** The most that we ask or pay: one or two seconds of one core. */
  static final int MOST = 1 << 21;

  private static final byte[] LABEL =
      "wayfolk/1 hello effort\0".getBytes(StandardCharsets.US_ASCII);

  private Effort() {}

  static byte[] seed(Crypto crypto, Transcript t) {
    return crypto.sha256(
        LABEL,
        t.diallerNonce(),
        t.acceptorNonce(),
        t.diallerSpki(),
        t.acceptorSpki(),
        t.dialler().bytes(),
        t.acceptor().bytes());
  }

  static boolean good(Crypto crypto, byte[] seed, int effort, long solution) {
    Writer tail = new Writer(Integer.BYTES + Long.BYTES);
    tail.u16(effort >>> 16).u16(effort & 0xffff).i64(solution);
    byte[] hash = crypto.sha256(seed, tail.toBytes());
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = first << 8 | (hash[i] & 0xff);
    }
    return Long.compareUnsigned(first, Long.divideUnsigned(-1L, effort)) <= 0;
  }

  /** A solution; takes about {@code effort} hashes, and for a worker only. */
  static long solve(Crypto crypto, byte[] seed, int effort) {
    long n = 0;
    while (!good(crypto, seed, effort, n)) {
      n++;
    }
    return n;
  }
}
