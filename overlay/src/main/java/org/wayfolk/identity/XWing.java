package org.wayfolk.identity;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
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
 */
final class XWing {

  private static final byte[] LABEL = Nodenet.ascii("\\.//^\\");

  private XWing() {}

  /** The private key, expanded: that costs as much as an encapsulation and so is done once. */
  record Private(MlKem768.KeyPair mlKem, byte[] scalar, byte[] x25519Public)
      implements SealingKeyPair.PrivateHalf {

    byte[] publicKey() {
      return Nodenet.concat(mlKem.publicKey(), x25519Public);
    }

    @Override
    public byte[] decapsulate(Crypto crypto, byte[] enc, byte[] publicKey) throws Malformed {
      byte[] ephemeral = Arrays.copyOfRange(enc, MlKem768.CIPHERTEXT_BYTES, enc.length);
      byte[] agreed = crypto.x25519Agree(scalar, ephemeral);
      byte[] ml = mlKem.decapsulate(Arrays.copyOf(enc, MlKem768.CIPHERTEXT_BYTES));
      return combine(ml, agreed, ephemeral, x25519Public);
    }

    @Override
    public void wipe() {
      mlKem.close();
      Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
      return "Private"; // nothing secret
    }
  }

  static Private expand(Crypto crypto, byte[] seed) {
    byte[] expanded = new byte[MlKem768.SEED_BYTES + Crypto.KEY_BYTES];
    SHAKEDigest shake = new SHAKEDigest(256);
    shake.update(seed, 0, seed.length);
    shake.doFinal(expanded, 0, expanded.length);
    byte[] scalar = Arrays.copyOfRange(expanded, MlKem768.SEED_BYTES, expanded.length);
    byte[] mlSeed = Arrays.copyOf(expanded, MlKem768.SEED_BYTES);
    Private out = new Private(MlKem768.keyPair(mlSeed), scalar, crypto.x25519Public(scalar));
    Arrays.fill(expanded, (byte) 0);
    Arrays.fill(mlSeed, (byte) 0);
    return out;
  }

  static HpkeSuite.Encapsulated encapsulate(Crypto crypto, byte[] peer, byte[] entropy)
      throws Malformed {
    byte[] peerX = Arrays.copyOfRange(peer, MlKem768.PUBLIC_BYTES, peer.length);
    byte[] scalar = Arrays.copyOfRange(entropy, 32, 64);
    byte[] message = Arrays.copyOf(entropy, 32);
    byte[] ephemeral = crypto.x25519Public(scalar);
    byte[] agreed = crypto.x25519Agree(scalar, peerX);
    MlKem768.Encapsulated ml;
    try {
      ml = MlKem768.encapsulate(Arrays.copyOf(peer, MlKem768.PUBLIC_BYTES), message);
    } finally {
      Arrays.fill(scalar, (byte) 0);
      Arrays.fill(message, (byte) 0);
    }
    byte[] secret = combine(ml.secret(), agreed, ephemeral, peerX);
    return new HpkeSuite.Encapsulated(secret, Nodenet.concat(ml.ciphertext(), ephemeral));
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
