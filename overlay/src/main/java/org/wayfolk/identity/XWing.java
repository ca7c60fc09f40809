package org.wayfolk.identity;

import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.wayfolk.wire.Malformed;

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem): ML-KEM-768 (FIPS 203) and X25519, both of which an
 * attacker must break.
 *
 * <pre>
 * private  seed 32               SHAKE256(seed, 96) = ML-KEM seed (d ‖ z) 64 ‖ X25519 scalar 32
 * public   ML-KEM key 1184 ‖ X25519 key 32
 * enc      ML-KEM ciphertext 1088 ‖ X25519 ephemeral key 32
 * entropy  ML-KEM message 32 ‖ X25519 ephemeral scalar 32
 * secret   SHA3-256(ML-KEM secret ‖ X25519 secret ‖ ephemeral key ‖ X25519 key ‖ label)
 * </pre>
 *
 * <p>ML-KEM is Bouncy Castle's on both providers: it takes the message of an encapsulation as an
 * argument, as the JDK and Conscrypt do not, so that nothing here draws randomness.
 */
final class XWing {

  private static final MLKEMParameters ML_KEM = MLKEMParameters.ml_kem_768;
  private static final int ML_SEED = 64;
  private static final int ML_PUBLIC = 1184;
  private static final int ML_ENC = 1088;
  private static final byte[] LABEL = Nodenet.ascii("\\.//^\\");

  private XWing() {}

  /** The private key, expanded: that costs as much as an encapsulation and so is done once. */
  record Private(MLKEMPrivateKeyParameters mlKem, byte[] scalar, byte[] x25519Public)
      implements SealingKeyPair.PrivateHalf {

    byte[] publicKey() {
      return Nodenet.concat(mlKem.getPublicKey(), x25519Public);
    }

    @Override
    public byte[] decapsulate(Crypto crypto, byte[] enc, byte[] publicKey) throws Malformed {
      byte[] ephemeral = Arrays.copyOfRange(enc, ML_ENC, enc.length);
      byte[] agreed = crypto.x25519Agree(scalar, ephemeral);
      byte[] ml = extract(mlKem, Arrays.copyOf(enc, ML_ENC));
      return combine(ml, agreed, ephemeral, x25519Public);
    }

    @Override
    public void wipe() {
      mlKem.destroy();
      Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
      return "Private"; // nothing secret
    }
  }

  static Private expand(Crypto crypto, byte[] seed) {
    byte[] expanded = new byte[ML_SEED + Crypto.KEY_BYTES];
    SHAKEDigest shake = new SHAKEDigest(256);
    shake.update(seed, 0, seed.length);
    shake.doFinal(expanded, 0, expanded.length);
    byte[] scalar = Arrays.copyOfRange(expanded, ML_SEED, expanded.length);
    byte[] mlSeed = Arrays.copyOf(expanded, ML_SEED);
    Private out =
        new Private(
            new MLKEMPrivateKeyParameters(ML_KEM, mlSeed), scalar, crypto.x25519Public(scalar));
    Arrays.fill(expanded, (byte) 0);
    Arrays.fill(mlSeed, (byte) 0);
    return out;
  }

  static HpkeSuite.Encapsulated encapsulate(Crypto crypto, byte[] peer, byte[] entropy)
      throws Malformed {
    byte[] peerX = Arrays.copyOfRange(peer, ML_PUBLIC, peer.length);
    byte[] scalar = Arrays.copyOfRange(entropy, 32, 64);
    byte[] message = Arrays.copyOf(entropy, 32);
    byte[] ephemeral = crypto.x25519Public(scalar);
    byte[] agreed = crypto.x25519Agree(scalar, peerX);
    SecretWithEncapsulation ml;
    try {
      MLKEMPublicKeyParameters key =
          new MLKEMPublicKeyParameters(ML_KEM, Arrays.copyOf(peer, ML_PUBLIC));
      ml = MLKEMGenerator.internalGenerateEncapsulated(key, message);
    } catch (RuntimeException e) { // how Bouncy Castle says that a coefficient is not below q
      throw new Malformed("ml-kem key out of range");
    } finally {
      Arrays.fill(scalar, (byte) 0);
      Arrays.fill(message, (byte) 0);
    }
    byte[] secret = combine(ml.getSecret(), agreed, ephemeral, peerX);
    return new HpkeSuite.Encapsulated(secret, Nodenet.concat(ml.getEncapsulation(), ephemeral));
  }

  // A ciphertext of the right length never fails: ML-KEM rejects implicitly, with a secret nobody
  // else knows.
  private static byte[] extract(MLKEMPrivateKeyParameters key, byte[] ciphertext) throws Malformed {
    try {
      return new MLKEMExtractor(key).extractSecret(ciphertext);
    } catch (RuntimeException e) {
      throw new Malformed("ml-kem ciphertext refused");
    }
  }

  private static byte[] combine(byte[] ml, byte[] agreed, byte[] ephemeral, byte[] receiver) {
    SHA3Digest digest = new SHA3Digest(256);
    for (byte[] part : new byte[][] {ml, agreed, ephemeral, receiver, LABEL}) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[Crypto.HASH_BYTES];
    digest.doFinal(out, 0);
    Arrays.fill(ml, (byte) 0);
    Arrays.fill(agreed, (byte) 0);
    return out;
  }
}
