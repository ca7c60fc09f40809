package org.wayfolk.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE2b with a 32-byte digest, unkeyed, without salt or personalisation (RFC 7693). One use, one
 * thread.
 *
 * <p>Own code because every envelope is hashed with it and the general implementation of Bouncy
 * Castle keeps its state in arrays: this one keeps the sixteen working words in locals. The JDK has
 * none.
 */
final class Blake2b {

  private static final int BLOCK = 128;
  private static final int DIGEST = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] IV = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  // RFC 7693, 2.7: which message word each step of a round takes; rounds 10 and 11 repeat 0 and 1.
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
  };

  private final long[] h = IV.clone();
  private final long[] m = new long[16];
  private final byte[] buffer = new byte[BLOCK];
  private int buffered;
  private long hashed; // bytes; 2^63 are enough, the 128-bit counter's upper half stays zero

  Blake2b() {
    h[0] ^= 0x01010000L ^ DIGEST; // parameter block: depth 1, fan-out 1, no key, digest length
  }

  Blake2b update(byte one) {
    if (buffered == BLOCK) {
      flush();
    }
    buffer[buffered++] = one;
    return this;
  }

  Blake2b update(byte[] from, int at, int length) {
    int end = at + length;
    int next = at;
    while (next < end) {
      if (buffered
          == BLOCK) { // only once more bytes follow: the last block is compressed differently
        flush();
      }
      int take = Math.min(BLOCK - buffered, end - next);
      System.arraycopy(from, next, buffer, buffered, take);
      buffered += take;
      next += take;
    }
    return this;
  }

  byte[] digest() {
    Arrays.fill(buffer, buffered, BLOCK, (byte) 0);
    hashed += buffered;
    compress(-1L);
    byte[] out = new byte[DIGEST];
    for (int i = 0; i < DIGEST / 8; i++) {
      LONG.set(out, 8 * i, h[i]);
    }
    return out;
  }

  private void flush() {
    hashed += BLOCK;
    compress(0L);
    buffered = 0;
  }

  private void compress(long last) {
    for (int i = 0; i < 16; i++) {
      m[i] = (long) LONG.get(buffer, 8 * i);
    }
    long v0 = h[0];
    long v1 = h[1];
    long v2 = h[2];
    long v3 = h[3];
    long v4 = h[4];
    long v5 = h[5];
    long v6 = h[6];
    long v7 = h[7];
    long v8 = IV[0];
    long v9 = IV[1];
    long v10 = IV[2];
    long v11 = IV[3];
    long v12 = IV[4] ^ hashed;
    long v13 = IV[5];
    long v14 = IV[6] ^ last;
    long v15 = IV[7];
    for (byte[] s : SIGMA) {
      // columns, first half of G: four independent chains side by side
      v0 += v4 + m[s[0]];
      v1 += v5 + m[s[2]];
      v2 += v6 + m[s[4]];
      v3 += v7 + m[s[6]];
      v12 = Long.rotateRight(v12 ^ v0, 32);
      v13 = Long.rotateRight(v13 ^ v1, 32);
      v14 = Long.rotateRight(v14 ^ v2, 32);
      v15 = Long.rotateRight(v15 ^ v3, 32);
      v8 += v12;
      v9 += v13;
      v10 += v14;
      v11 += v15;
      v4 = Long.rotateRight(v4 ^ v8, 24);
      v5 = Long.rotateRight(v5 ^ v9, 24);
      v6 = Long.rotateRight(v6 ^ v10, 24);
      v7 = Long.rotateRight(v7 ^ v11, 24);
      // columns, second half
      v0 += v4 + m[s[1]];
      v1 += v5 + m[s[3]];
      v2 += v6 + m[s[5]];
      v3 += v7 + m[s[7]];
      v12 = Long.rotateRight(v12 ^ v0, 16);
      v13 = Long.rotateRight(v13 ^ v1, 16);
      v14 = Long.rotateRight(v14 ^ v2, 16);
      v15 = Long.rotateRight(v15 ^ v3, 16);
      v8 += v12;
      v9 += v13;
      v10 += v14;
      v11 += v15;
      v4 = Long.rotateRight(v4 ^ v8, 63);
      v5 = Long.rotateRight(v5 ^ v9, 63);
      v6 = Long.rotateRight(v6 ^ v10, 63);
      v7 = Long.rotateRight(v7 ^ v11, 63);
      // diagonals, first half
      v0 += v5 + m[s[8]];
      v1 += v6 + m[s[10]];
      v2 += v7 + m[s[12]];
      v3 += v4 + m[s[14]];
      v15 = Long.rotateRight(v15 ^ v0, 32);
      v12 = Long.rotateRight(v12 ^ v1, 32);
      v13 = Long.rotateRight(v13 ^ v2, 32);
      v14 = Long.rotateRight(v14 ^ v3, 32);
      v10 += v15;
      v11 += v12;
      v8 += v13;
      v9 += v14;
      v5 = Long.rotateRight(v5 ^ v10, 24);
      v6 = Long.rotateRight(v6 ^ v11, 24);
      v7 = Long.rotateRight(v7 ^ v8, 24);
      v4 = Long.rotateRight(v4 ^ v9, 24);
      // diagonals, second half
      v0 += v5 + m[s[9]];
      v1 += v6 + m[s[11]];
      v2 += v7 + m[s[13]];
      v3 += v4 + m[s[15]];
      v15 = Long.rotateRight(v15 ^ v0, 16);
      v12 = Long.rotateRight(v12 ^ v1, 16);
      v13 = Long.rotateRight(v13 ^ v2, 16);
      v14 = Long.rotateRight(v14 ^ v3, 16);
      v10 += v15;
      v11 += v12;
      v8 += v13;
      v9 += v14;
      v5 = Long.rotateRight(v5 ^ v10, 63);
      v6 = Long.rotateRight(v6 ^ v11, 63);
      v7 = Long.rotateRight(v7 ^ v8, 63);
      v4 = Long.rotateRight(v4 ^ v9, 63);
    }
    h[0] ^= v0 ^ v8;
    h[1] ^= v1 ^ v9;
    h[2] ^= v2 ^ v10;
    h[3] ^= v3 ^ v11;
    h[4] ^= v4 ^ v12;
    h[5] ^= v5 ^ v13;
    h[6] ^= v6 ^ v14;
    h[7] ^= v7 ^ v15;
  }
}
