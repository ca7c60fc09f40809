package org.wayfolk.identity;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 verification word for word as RFC 8032 without the cofactor: encode(SB - hA) = R, on any
 * point A.
 *
 * <p>Slow (milliseconds) and not constant time. Used by one provider only, for keys outside the
 * prime-order subgroup, which no honest node has; it exists so that such keys get the same verdict
 * everywhere.
 */
final class ExactEd25519 {

  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger L =
      TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      mod(BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)));
  private static final BigInteger ROOT_OF_MINUS_ONE =
      TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

  private static final Point NEUTRAL =
      new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);
  private static final Point BASE = base();

  private ExactEd25519() {}

  /** Whether the signature is valid; the caller has made the checks of {@link Strict}. */
  static boolean verify(byte[] key, byte[] signature, byte[] message) {
    Point a = decode(key);
    if (a == null) {
      return false;
    }
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
    BigInteger h = littleEndian(sha512(Arrays.copyOf(signature, 32), key, message)).mod(L);
    Point r = combine(s, BASE, h, negate(a));
    return Arrays.equals(encode(r), Arrays.copyOf(signature, 32));
  }

  /** A point in extended coordinates (Hisil and others, 2008): x = X/Z, y = Y/Z, T = XY/Z. */
  private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {}

  // mP + nQ by Straus' trick: one doubling a bit for both.
  private static Point combine(BigInteger m, Point p, BigInteger n, Point q) {
    Point both = add(p, q);
    Point sum = NEUTRAL;
    for (int i = Math.max(m.bitLength(), n.bitLength()) - 1; i >= 0; i--) {
      sum = add(sum, sum);
      if (m.testBit(i)) {
        sum = add(sum, n.testBit(i) ? both : p);
      } else if (n.testBit(i)) {
        sum = add(sum, q);
      }
    }
    return sum;
  }

  // RFC 8032, 5.1.4; complete, so it doubles too.
  private static Point add(Point p, Point q) {
    BigInteger a = mod(p.y.subtract(p.x).multiply(q.y.subtract(q.x)));
    BigInteger b = mod(p.y.add(p.x).multiply(q.y.add(q.x)));
    BigInteger c = mod(mod(p.t.multiply(q.t)).multiply(D).shiftLeft(1));
    BigInteger d = mod(p.z.multiply(q.z).shiftLeft(1));
    BigInteger e = b.subtract(a);
    BigInteger f = d.subtract(c);
    BigInteger g = d.add(c);
    BigInteger h = b.add(a);
    return new Point(
        mod(e.multiply(f)), mod(g.multiply(h)), mod(f.multiply(g)), mod(e.multiply(h)));
  }

  private static Point negate(Point p) {
    return new Point(mod(p.x.negate()), p.y, p.z, mod(p.t.negate()));
  }

  // RFC 8032, 5.1.3
  private static @Nullable Point decode(byte[] bytes) {
    BigInteger y = littleEndian(bytes).clearBit(255);
    boolean odd = (bytes[31] & 0x80) != 0;
    BigInteger yy = mod(y.multiply(y));
    BigInteger xx =
        mod(
            yy.subtract(BigInteger.ONE)
                .multiply(mod(D.multiply(yy).add(BigInteger.ONE)).modInverse(P)));
    BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!mod(x.multiply(x)).equals(xx)) {
      x = mod(x.multiply(ROOT_OF_MINUS_ONE));
    }
    if (!mod(x.multiply(x)).equals(xx) || (x.signum() == 0 && odd)) {
      return null;
    }
    if (x.testBit(0) != odd) {
      x = P.subtract(x);
    }
    return new Point(x, y, BigInteger.ONE, mod(x.multiply(y)));
  }

  private static byte[] encode(Point p) {
    BigInteger inverse = p.z.modInverse(P);
    BigInteger x = mod(p.x.multiply(inverse));
    BigInteger y = mod(p.y.multiply(inverse));
    byte[] big = (x.testBit(0) ? y.setBit(255) : y).toByteArray();
    byte[] out = new byte[32];
    for (int i = 0; i < Math.min(32, big.length); i++) {
      out[i] = big[big.length - 1 - i];
    }
    return out;
  }

  private static Point base() {
    byte[] encoded = new byte[32];
    Arrays.fill(encoded, (byte) 0x66); // y = 4/5
    encoded[0] = 0x58;
    Point point = decode(encoded);
    if (point == null) {
      throw new IllegalStateException("the base point is on the curve");
    }
    return point;
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] big = new byte[bytes.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = bytes[big.length - 1 - i];
    }
    return new BigInteger(1, big);
  }

  private static BigInteger mod(BigInteger v) {
    return v.mod(P);
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
