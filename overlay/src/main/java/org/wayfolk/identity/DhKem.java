package org.wayfolk.identity;

import java.util.Arrays;
import org.wayfolk.wire.Malformed;

/** DHKEM(X25519, HKDF-SHA256) of RFC 9180, section 4.1. */
record DhKem(LabeledHkdf hkdf) {

  private static final byte[] SUITE_ID = {'K', 'E', 'M', 0x00, 0x20};
  private static final byte[] EMPTY = {};

  DhKem(Crypto crypto) {
    this(new LabeledHkdf(crypto, SUITE_ID));
  }

  private Crypto crypto() {
    return hkdf.crypto();
  }

  /** The private half of DeriveKeyPair (7.1.3). */
  byte[] derivePrivate(byte[] keyMaterial) {
    byte[] prk = hkdf.extract(EMPTY, "dkp_prk", keyMaterial);
    return hkdf.expand(prk, "sk", Crypto.KEY_BYTES);
  }

  HpkeSuite.Encapsulated encapsulate(byte[] peer, byte[] entropy) throws Malformed {
    byte[] scalar = derivePrivate(entropy);
    try {
      byte[] enc = crypto().x25519Public(scalar);
      return new HpkeSuite.Encapsulated(secret(crypto().x25519Agree(scalar, peer), enc, peer), enc);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  // ExtractAndExpand
  private byte[] secret(byte[] agreed, byte[] enc, byte[] receiver) {
    byte[] prk = hkdf.extract(EMPTY, "eae_prk", agreed);
    Arrays.fill(agreed, (byte) 0);
    return hkdf.expand(prk, "shared_secret", Crypto.HASH_BYTES, enc, receiver);
  }

  /** The private scalar of a receiver. */
  record Scalar(byte[] bytes) implements SealingKeyPair.PrivateHalf {

    @Override
    public byte[] decapsulate(Crypto crypto, byte[] enc, byte[] publicKey) throws Malformed {
      return new DhKem(crypto).secret(crypto.x25519Agree(bytes, enc), enc, publicKey);
    }

    @Override
    public void wipe() {
      Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
      return "Scalar"; // nothing secret
    }
  }
}
