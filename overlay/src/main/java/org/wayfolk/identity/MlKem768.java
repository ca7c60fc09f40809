package org.wayfolk.identity;

import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.wayfolk.wire.Malformed;

/**
 * ML-KEM-768 (FIPS 203): a key encapsulation that a quantum computer is not known to break. Alone
 * it is younger than we like to trust; every use of it mixes its secret with one of X25519.
 *
 * <p>It is Bouncy Castle's on both providers of {@link Crypto}: that takes the message of an
 * encapsulation as an argument, as the JDK and Conscrypt do not, so that nothing here draws
 * randomness. Stateless; any thread; each call costs 30 to 100 microseconds, so not on a loop for a
 * stranger.
 */
public final class MlKem768 {
  /** Bytes of a key pair's seed: {@code d ‖ z} of FIPS 203, 7.1. */
  public static final int SEED_BYTES = 64;

  /** Bytes of a public (encapsulation) key. */
  public static final int PUBLIC_BYTES = 1184;

  /** Bytes of a ciphertext. */
  public static final int CIPHERTEXT_BYTES = 1088;

  /** Random bytes that {@link #encapsulate} takes. */
  public static final int ENTROPY_BYTES = 32;

  /** Bytes of a shared secret. */
  public static final int SECRET_BYTES = 32;

  private static final MLKEMParameters PARAMETERS = MLKEMParameters.ml_kem_768;
  private static final int MODULUS = 3329;

  // Three polynomials of 256 coefficients at 12 bits; what follows is a seed, which may be
  // anything.
  private static final int COEFFICIENT_BYTES = 3 * 384;

  private MlKem768() {}

  /**
   * A shared secret and the ciphertext that carries it to the holder of the private key.
   *
   * @param secret {@link #SECRET_BYTES} bytes
   * @param ciphertext {@link #CIPHERTEXT_BYTES} bytes
   */
  public record Encapsulated(byte[] secret, byte[] ciphertext) {
    /** Nothing secret. */
    @Override
    public String toString() {
      return "Encapsulated";
    }
  }

  /**
   * ML-KEM.KeyGen_internal: the key pair of a seed.
   *
   * @param seed {@link #SEED_BYTES} random bytes; copied
   */
  public static KeyPair keyPair(byte[] seed) {
    StrictCrypto.require(seed, SEED_BYTES, "the seed of an ML-KEM key");
    return new KeyPair(new MLKEMPrivateKeyParameters(PARAMETERS, seed.clone()));
  }

  /**
   * ML-KEM.Encaps, with the checks of FIPS 203, 7.2: the key's length, and that every coefficient
   * is below the modulus.
   *
   * @param publicKey a peer's
   * @param entropy {@link #ENTROPY_BYTES} random bytes, used for this call only
   * @throws Malformed if the key is none
   */
  public static Encapsulated encapsulate(byte[] publicKey, byte[] entropy) throws Malformed {
    StrictCrypto.require(entropy, ENTROPY_BYTES, "the entropy of an encapsulation");
    checkKey(publicKey);
    byte[] message = entropy.clone();
    try {
      MLKEMPublicKeyParameters key = new MLKEMPublicKeyParameters(PARAMETERS, publicKey.clone());
      SecretWithEncapsulation both = MLKEMGenerator.internalGenerateEncapsulated(key, message);
      return new Encapsulated(both.getSecret(), both.getEncapsulation());
    } catch (RuntimeException e) {
      throw new Malformed("ml-kem key refused");
    } finally {
      Arrays.fill(message, (byte) 0);
    }
  }

  /** Refuses bytes that are no public key, before they are kept or answered. */
  public static void checkKey(byte[] publicKey) throws Malformed {
    if (publicKey.length != PUBLIC_BYTES) {
      throw new Malformed("ml-kem key length");
    }
    for (int i = 0; i < COEFFICIENT_BYTES; i += 3) {
      int low = (publicKey[i] & 0xff) | (publicKey[i + 1] & 0x0f) << 8;
      int high = (publicKey[i + 1] & 0xf0) >>> 4 | (publicKey[i + 2] & 0xff) << 4;
      if (low >= MODULUS || high >= MODULUS) {
        throw new Malformed("ml-kem key out of range");
      }
    }
  }

  /**
   * A key pair, the private half expanded: that costs as much as an encapsulation and so is done
   * once. Safe for many threads.
   */
  public static final class KeyPair implements AutoCloseable {
    private final MLKEMPrivateKeyParameters key;
    private final byte[] publicKey;

    private KeyPair(MLKEMPrivateKeyParameters key) {
      this.key = key;
      this.publicKey = key.getPublicKey();
    }

    /** The public key, {@link #PUBLIC_BYTES} bytes, in an array of its own. */
    public byte[] publicKey() {
      return publicKey.clone();
    }

    /**
     * ML-KEM.Decaps. A ciphertext of the right length never fails: one that was made for another
     * key, or damaged, gives a secret that nobody else knows (implicit rejection), so its use must
     * be confirmed by what is sealed with it.
     *
     * @return {@link #SECRET_BYTES} bytes
     * @throws Malformed if the ciphertext has another length
     */
    public byte[] decapsulate(byte[] ciphertext) throws Malformed {
      if (ciphertext.length != CIPHERTEXT_BYTES) {
        throw new Malformed("ml-kem ciphertext length");
      }
      try {
        return new MLKEMExtractor(key).extractSecret(ciphertext);
      } catch (RuntimeException e) { // a close in the same instant
        throw new Malformed("ml-kem ciphertext refused");
      }
    }

    /** Overwrites the private half as far as the library lets us. */
    @Override
    public void close() {
      key.destroy();
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return "MlKem768.KeyPair";
    }
  }
}
