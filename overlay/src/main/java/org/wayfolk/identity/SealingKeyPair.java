package org.wayfolk.identity;

import java.util.Arrays;
import org.wayfolk.wire.Malformed;

/**
 * A key pair to which others seal; made by {@link HpkeSuite#keyPair}. Safe for many threads. After
 * {@link #close} its private half is gone and everything that needs it throws {@link Malformed}, as
 * if the key had never been ours: the only way to lose that race is to open a message in the
 * instant in which its key expires.
 */
public final class SealingKeyPair implements AutoCloseable {

  /** Bytes of a key id. */
  public static final int ID_BYTES = 8;

  private final HpkeSuite suite;
  private final byte[] publicKey;
  private final byte[] seed; // guarded by this
  private final byte[] privateKey; // guarded by this
  private boolean closed; // guarded by this

  SealingKeyPair(HpkeSuite suite, byte[] seed, byte[] privateKey, byte[] publicKey) {
    this.suite = suite;
    this.seed = seed.clone();
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** The suite it belongs to. */
  public HpkeSuite suite() {
    return suite;
  }

  /** The public key ({@link HpkeSuite#publicBytes} bytes), in an array of its own. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** SHA-256 of the public key: what a record carries. */
  public byte[] publicHash(Crypto crypto) {
    return crypto.sha256(publicKey);
  }

  /** The first 8 bytes of {@link #publicHash}: what a sealed message carries. */
  public byte[] id(Crypto crypto) {
    return idOf(crypto, publicKey);
  }

  /** The key id of any public key, of either suite. */
  public static byte[] idOf(Crypto crypto, byte[] publicKey) {
    return Arrays.copyOf(crypto.sha256(publicKey), ID_BYTES);
  }

  /** Lends a copy of the private key, wiped afterwards. */
  byte[] withPrivate(Use use) throws Malformed {
    byte[] copy;
    synchronized (this) {
      if (closed) {
        throw new Malformed("sealing key expired");
      }
      copy = privateKey.clone();
    }
    try {
      return use.with(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** A copy of the seed that makes this pair again, for the home's file only. */
  synchronized byte[] seed() {
    if (closed) {
      throw new IllegalStateException("the sealing key is closed");
    }
    return seed.clone();
  }

  /** Overwrites the private half. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(privateKey, (byte) 0);
  }

  /** The suite and nothing secret. */
  @Override
  public String toString() {
    return "SealingKeyPair[" + suite + "]";
  }

  /** Something that needs the private key for a moment. */
  @FunctionalInterface
  interface Use {
    byte[] with(byte[] privateKey) throws Malformed;
  }
}
