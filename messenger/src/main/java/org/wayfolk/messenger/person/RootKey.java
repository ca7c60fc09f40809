package org.wayfolk.messenger.person;

import java.util.Arrays;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Purpose;

/**
 * The private key that says which devices are a person's. It signs device certificates and device
 * lists, through {@link DeviceCertificate#issue} and {@link DeviceList#issue}, and nothing else.
 * Safe for many threads; after {@link #close} it signs no more. Its text form shows nothing secret.
 */
public final class RootKey implements AutoCloseable {

  /** Bytes of its seed. */
  public static final int SEED_BYTES = 32;

  private final byte[] seed;
  private final Crypto.SigningKey signing;

  private RootKey(byte[] seed) {
    this.seed = seed;
    signing = Labels.CRYPTO.signingKey(seed);
  }

  /**
   * The key of a 32-byte Ed25519 seed, which is copied.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public static RootKey ofSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a root seed has 32 bytes, not " + seed.length);
    }
    return new RootKey(seed.clone());
  }

  /** The seed, for the vault only; in an array of its own. */
  public byte[] seed() {
    return seed.clone();
  }

  /** The Ed25519 public key, 32 bytes, in an array of its own. */
  public byte[] publicKey() {
    return signing.publicKey();
  }

  byte[] sign(Purpose purpose, byte[]... fields) {
    return signing.sign(purpose.signedBytes(fields));
  }

  /** Overwrites what can be overwritten of it. */
  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
    signing.close();
  }

  @Override
  public String toString() {
    return "RootKey";
  }
}
