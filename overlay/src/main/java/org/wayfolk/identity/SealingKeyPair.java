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
  private final PrivateHalf privateHalf;
  private volatile boolean closed;

  SealingKeyPair(HpkeSuite suite, byte[] seed, PrivateHalf privateHalf, byte[] publicKey) {
    this.suite = suite;
    this.seed = seed.clone();
    this.privateHalf = privateHalf;
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

  /**
   * The shared secret of an encapsulated key of the right length. A close that happens meanwhile
   * makes it a secret that opens nothing.
   */
  byte[] decapsulate(Crypto crypto, byte[] enc) throws Malformed {
    if (closed) {
      throw new Malformed("sealing key expired");
    }
    return privateHalf.decapsulate(crypto, enc, publicKey);
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
    privateHalf.wipe();
  }

  /** The suite and nothing secret. */
  @Override
  public String toString() {
    return "SealingKeyPair[" + suite + "]";
  }

  /** The private key, expanded as far as its suite can be ahead of time. */
  interface PrivateHalf {

    byte[] decapsulate(Crypto crypto, byte[] enc, byte[] publicKey) throws Malformed;

    void wipe();
  }
}
