package org.wayfolk.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The one place that decides which keys and signatures are even considered.
 *
 * <p>Libraries differ about small-order keys and non-canonical encodings (Chalkias, Garillot and
 * Nikolaenko, Taming the many EdDSAs, 2020), and a difference between two nodes is a tool to split
 * them. These checks look at bytes only: no curve arithmetic, no allocation, a few nanoseconds. All
 * inputs are public, so nothing here is constant time.
 */
final class Strict {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long TOP = 0x7fffffffffffffffL;

  // p = 2^255 - 19; its lowest word.
  private static final long P0 = 0xffffffffffffffedL;

  // L = 2^252 + 27742317777372353535851937790883648493; words, lowest first (the third is 0).
  private static final long L0 = 0x5812631a5cf5d3edL;
  private static final long L1 = 0x14def9dea2f79cd6L;
  private static final long L3 = 0x1000000000000000L;

  // The y coordinates of the four points of order 8: these and their negatives. Words, lowest
  // first.
  private static final long[] Y8 = {
    0x4fd84d3d706a17c7L, 0x0f67100d760b3cbaL, 0xc6cc392cfa53202aL, 0x7a03ac9277fdc74eL
  };
  private static final long[] MINUS_Y8 = {
    0xb027b2c28f95e826L, 0xf098eff289f4c345L, 0x3933c6d305acdfd5L, 0x05fc536d880238b1L
  };

  // The u coordinates of order 8 on Curve25519 (RFC 7748, 6.1, and Bernstein's list). Words, lowest
  // first.
  private static final long[] U8 = {
    0xaeb8413b7c7aebe0L, 0x6ac49ff1fae35616L, 0xfdb1329ceb8d09daL, 0x00b8495f16056286L
  };
  private static final long[] OTHER_U8 = {
    0x248c50a3bc959c5fL, 0x5bef839c55b1d0b1L, 0x868e1c58c45c4404L, 0x57119fd0dd4e22d8L
  };

  private Strict() {}

  /**
   * Whether 32 bytes are a canonical encoding (y below p) of a point that has not small order, if
   * of a point.
   */
  static boolean publicKey(byte[] from, int at) {
    long w0 = (long) LONG.get(from, at);
    long w1 = (long) LONG.get(from, at + 8);
    long w2 = (long) LONG.get(from, at + 16);
    long w3 = (long) LONG.get(from, at + 24) & TOP; // the top bit is the sign of x
    if (atLeastP(w0, w1, w2, w3)) {
      return false;
    }
    // y = 0 has order 4, y = 1 order 1, y = -1 order 2; x = 0 occurs only at the latter two, so a
    // wrong sign of
    // zero is refused here as well.
    boolean zeroOrOne = (w1 | w2 | w3) == 0 && (w0 == 0 || w0 == 1);
    boolean minusOne = w0 == P0 - 1 && w1 == -1 && w2 == -1 && w3 == TOP;
    return !zeroOrOne && !minusOne && !same(Y8, w0, w1, w2, w3) && !same(MINUS_Y8, w0, w1, w2, w3);
  }

  /** Whether 64 bytes can be a signature: R as a public key, S below the group order. */
  static boolean signature(byte[] from, int at) {
    return belowOrder(from, at + 32) && publicKey(from, at);
  }

  /**
   * Whether a public key of X25519, its top bit ignored as RFC 7748 says, gives an all-zero secret.
   */
  static boolean smallOrderX25519(byte[] from, int at) {
    long w0 = (long) LONG.get(from, at);
    long w1 = (long) LONG.get(from, at + 8);
    long w2 = (long) LONG.get(from, at + 16);
    long w3 = (long) LONG.get(from, at + 24) & TOP;
    boolean zeroOrOne = (w1 | w2 | w3) == 0 && (w0 == 0 || w0 == 1);
    // p - 1, and p and p + 1, which are other spellings of 0 and 1
    boolean aroundP =
        w1 == -1 && w2 == -1 && w3 == TOP && (w0 == P0 - 1 || w0 == P0 || w0 == P0 + 1);
    return zeroOrOne || aroundP || same(U8, w0, w1, w2, w3) || same(OTHER_U8, w0, w1, w2, w3);
  }

  private static boolean belowOrder(byte[] from, int at) {
    long w3 = (long) LONG.get(from, at + 24);
    if (w3 != L3) {
      return Long.compareUnsigned(w3, L3) < 0;
    }
    if ((long) LONG.get(from, at + 16) != 0) {
      return false;
    }
    long w1 = (long) LONG.get(from, at + 8);
    if (w1 != L1) {
      return Long.compareUnsigned(w1, L1) < 0;
    }
    return Long.compareUnsigned((long) LONG.get(from, at), L0) < 0;
  }

  private static boolean atLeastP(long w0, long w1, long w2, long w3) {
    return w3 == TOP && w2 == -1 && w1 == -1 && Long.compareUnsigned(w0, P0) >= 0;
  }

  private static boolean same(long[] words, long w0, long w1, long w2, long w3) {
    return words[0] == w0 && words[1] == w1 && words[2] == w2 && words[3] == w3;
  }
}
