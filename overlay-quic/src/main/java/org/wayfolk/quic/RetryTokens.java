package org.wayfolk.quic;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wayfolk.wire.Writer;

/**
 * Address validation by Retry (RFC 9000 8.1.2): a token only the receiver of our packet can send
 * back, bound to its real address, to both connection ids and to a time, under a secret that lives
 * as long as this start.
 *
 * <pre>
 *   0    8   expiry, monotonic nanoseconds of this process
 *   8    1   length of the original destination connection id
 *   9    n   the original destination connection id
 *   9+n  16  first half of HMAC-SHA-256(secret, IP(16) port(2) new id(8) bytes 0..9+n)
 * </pre>
 */
final class RetryTokens {
  /** Longest token. */
  static final int MAX_BYTES = 9 + LongHeader.MAX_ID + 16;

  /** A client answers within a round trip; more would let tokens be collected. */
  static final long LIFE_NANOS = 5_000_000_000L;

  private static final int TAG = 16;

  private final Mac mac;

  RetryTokens(RandomGenerator random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }

  /**
   * The token for a client at {@code from} that called us {@code original} and will call us {@code
   * newId}.
   */
  byte[] make(Path from, byte[] original, long newId, long nowNanos) {
    Writer w = new Writer(9 + original.length + TAG);
    w.i64(nowNanos + LIFE_NANOS).u8(original.length).bytes(original);
    byte[] tag = tag(from, newId, w.toBytes());
    return w.bytes(tag, 0, TAG).toBytes();
  }

  /**
   * The original destination connection id if the token is ours, fresh and this client's; else an
   * empty array.
   */
  byte[] check(Path from, byte[] token, long newId, long nowNanos) {
    int body = token.length - TAG;
    if (body < 9 || body != 9 + (token[8] & 0xff) || body - 9 > LongHeader.MAX_ID) {
      return new byte[0];
    }
    byte[] said = Arrays.copyOfRange(token, body, token.length);
    byte[] tag = Arrays.copyOf(tag(from, newId, Arrays.copyOf(token, body)), TAG);
    if (!MessageDigest.isEqual(said, tag)) {
      return new byte[0];
    }
    long expiry = 0;
    for (int i = 0; i < 8; i++) {
      expiry = expiry << 8 | (token[i] & 0xff);
    }
    return expiry - nowNanos < 0 ? new byte[0] : Arrays.copyOfRange(token, 9, body);
  }

  private byte[] tag(Path from, long newId, byte[] body) {
    mac.update(new Writer(26).i64(from.hi()).i64(from.lo()).u16(from.port()).i64(newId).toBytes());
    return mac.doFinal(body);
  }
}
