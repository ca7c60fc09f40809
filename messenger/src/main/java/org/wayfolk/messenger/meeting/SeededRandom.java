package org.wayfolk.messenger.meeting;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.wayfolk.identity.Crypto;

/**
 * Randomness for a library that insists on a {@link SecureRandom}: HMAC-SHA-256 of a counter under
 * a seed that a turn drew, so that simulations are repeatable and workers need no shared generator.
 * As unpredictable as the seed. For one thread at a time.
 */
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  /** Of a seed of 32 bytes, used for nothing else. */
  SeededRandom(byte[] seed) {
    super(new Stream(seed), null);
  }

  private static final class Stream extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;
    private long blocks;

    Stream(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      for (int at = 0; at < bytes.length; at += Crypto.HASH_BYTES) {
        byte[] count = ByteBuffer.allocate(Long.BYTES).putLong(blocks++).array();
        byte[] block = Crypto.best().hmacSha256(seed, count);
        System.arraycopy(block, 0, bytes, at, Math.min(block.length, bytes.length - at));
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] out = new byte[count];
      engineNextBytes(out);
      return out;
    }

    @Override
    protected void engineSetSeed(byte[] more) {
      // Repeatable on purpose: the seed alone decides.
    }
  }
}
