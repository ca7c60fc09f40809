package org.wayfolk.messenger.person;

import java.util.Arrays;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Purpose;
import org.wayfolk.wire.Malformed;

/**
 * The private keys of one device of a person, from a 32-byte seed of their own: neither root nor
 * node has a part in them.
 *
 * <p>PRK = HKDF-Extract(salt = label {@code device keys}, seed); Ed25519 seed = HKDF-Expand(PRK,
 * "sign", 32); X25519 scalar = HKDF-Expand(PRK, "agree", 32). Safe for many threads. Its text form
 * shows nothing secret.
 */
public final class DeviceKeys implements AutoCloseable {

  /** Bytes of the seed. */
  public static final int SEED_BYTES = 32;

  private final byte[] seed;
  private final Crypto.SigningKey signing;
  private final byte[] scalar;
  private final byte[] agreementKey;

  private DeviceKeys(byte[] seed) {
    this.seed = seed;
    byte[] prk = Labels.CRYPTO.hkdfExtract(Labels.DEVICE, seed);
    byte[] edSeed = Labels.CRYPTO.hkdfExpand(prk, Crypto.KEY_BYTES, Labels.DEVICE_SIGN);
    signing = Labels.CRYPTO.signingKey(edSeed);
    scalar = Labels.CRYPTO.hkdfExpand(prk, Crypto.KEY_BYTES, Labels.DEVICE_AGREE);
    agreementKey = Labels.CRYPTO.x25519Public(scalar);
    Arrays.fill(prk, (byte) 0);
    Arrays.fill(edSeed, (byte) 0);
  }

  /**
   * The keys of a seed, which is copied.
   *
   * @throws IllegalArgumentException if it has not 32 bytes
   */
  public static DeviceKeys ofSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a device seed has 32 bytes, not " + seed.length);
    }
    return new DeviceKeys(seed.clone());
  }

  /** The seed, for the vault only; in an array of its own. */
  public byte[] seed() {
    return seed.clone();
  }

  /** The Ed25519 public key, 32 bytes, in an array of its own. */
  public byte[] deviceKey() {
    return signing.publicKey();
  }

  /** The X25519 public key, 32 bytes, in an array of its own: the identity key of PQXDH. */
  public byte[] agreementKey() {
    return agreementKey.clone();
  }

  /** The X25519 scalar of {@link #agreementKey}, for key agreement only; an array of its own. */
  public byte[] agreementScalar() {
    return scalar.clone();
  }

  /** The 64-byte signature of the device key for a purpose over delimited fields. */
  public byte[] sign(Purpose purpose, byte[]... fields) {
    return signing.sign(purpose.signedBytes(fields));
  }

  /**
   * The shared secret with a peer's X25519 key.
   *
   * @throws Malformed as {@link Crypto#x25519Agree}
   */
  public byte[] agree(byte[] peer) throws Malformed {
    return Labels.CRYPTO.x25519Agree(scalar, peer);
  }

  /** Overwrites what can be overwritten of them. */
  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(scalar, (byte) 0);
    signing.close();
  }

  @Override
  public String toString() {
    return "DeviceKeys";
  }
}
