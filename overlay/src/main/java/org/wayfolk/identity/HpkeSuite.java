package org.wayfolk.identity;

import org.wayfolk.wire.Malformed;

/**
 * The two suites in which we seal: HPKE (RFC 9180) in base mode, HKDF-SHA256 (id 0x0001) and
 * ChaCha20-Poly1305 (id 0x0003) with one of two key encapsulations. Who sealed is proved by the
 * signed envelope around, not by HPKE's auth modes: those fall to a stolen receiver key and have no
 * post-quantum form.
 *
 * <p>All randomness is an argument: {@link #entropyBytes} bytes for each encapsulation, used once
 * and never again.
 */
public enum HpkeSuite {

  /** DHKEM(X25519, HKDF-SHA256), KEM id 0x0020 (RFC 9180, 7.1). */
  X25519(1, 0x0020, 32, 32, 32),

  /** X-Wing: X25519 and ML-KEM-768 together, KEM id 0x647a (draft-connolly-cfrg-xwing-kem). */
  X_WING(2, 0x647a, 1216, 1120, 64);

  /** Bytes of the seed of a key pair, in either suite. */
  public static final int SEED_BYTES = 32;

  private final int code;
  private final int kemId;
  private final int publicBytes;
  private final int encBytes;
  private final int entropyBytes;

  HpkeSuite(int code, int kemId, int publicBytes, int encBytes, int entropyBytes) {
    this.code = code;
    this.kemId = kemId;
    this.publicBytes = publicBytes;
    this.encBytes = encBytes;
    this.entropyBytes = entropyBytes;
  }

  /** The suite of a byte in our formats. */
  public static HpkeSuite ofCode(int code) throws Malformed {
    return switch (code) {
      case 1 -> X25519;
      case 2 -> X_WING;
      default -> throw new Malformed("unknown sealing suite");
    };
  }

  /** The byte that names this suite in our formats. */
  public int code() {
    return code;
  }

  /** Bytes of a public key. */
  public int publicBytes() {
    return publicBytes;
  }

  /** Bytes of an encapsulated key ({@code enc}). */
  public int encBytes() {
    return encBytes;
  }

  /** Random bytes that {@link #sender} takes. */
  public int entropyBytes() {
    return entropyBytes;
  }

  /**
   * The key pair of a seed of {@link #SEED_BYTES} random bytes: DeriveKeyPair of RFC 9180, or for
   * X-Wing its GenerateKeyPairDerand, where the private key is the seed itself.
   */
  public SealingKeyPair keyPair(Crypto crypto, byte[] seed) {
    StrictCrypto.require(seed, SEED_BYTES, "the seed of a sealing key");
    return switch (this) {
      case X25519 -> {
        byte[] scalar = new DhKem(crypto).derivePrivate(seed);
        byte[] publicKey = crypto.x25519Public(scalar);
        yield new SealingKeyPair(this, seed, new DhKem.Scalar(scalar), publicKey);
      }
      case X_WING -> {
        XWing.Private expanded = XWing.expand(crypto, seed);
        yield new SealingKeyPair(this, seed, expanded, expanded.publicKey());
      }
    };
  }

  /**
   * SetupBaseS: a context that seals to the holder of {@code peerPublic}. About 60 microseconds
   * (X25519), 150 (X-Wing).
   *
   * @param entropy {@link #entropyBytes} random bytes, used for this call only
   * @throws Malformed if the peer's key has a wrong length, small order or coefficients out of
   *     range
   */
  public HpkeContext sender(Crypto crypto, byte[] peerPublic, byte[] info, byte[] entropy)
      throws Malformed {
    StrictCrypto.require(entropy, entropyBytes, "the entropy of an encapsulation");
    if (peerPublic.length != publicBytes) {
      throw new Malformed("sealing key length");
    }
    Encapsulated shared =
        switch (this) {
          case X25519 -> new DhKem(crypto).encapsulate(peerPublic, entropy);
          case X_WING -> XWing.encapsulate(crypto, peerPublic, entropy);
        };
    return HpkeContext.create(crypto, this, shared, info, true);
  }

  /**
   * SetupBaseR: the context of an encapsulated key sent to us. Costs as {@link #sender}.
   *
   * @throws Malformed if {@code enc} has a wrong length or small order. An {@code enc} that was
   *     made for another key opens nothing, but that shows only in {@link HpkeContext#open}
   */
  public HpkeContext receiver(Crypto crypto, SealingKeyPair own, byte[] enc, byte[] info)
      throws Malformed {
    if (own.suite() != this) {
      throw new IllegalArgumentException("a key of " + own.suite() + " for " + this);
    }
    if (enc.length != encBytes) {
      throw new Malformed("encapsulated key length");
    }
    byte[] secret = own.decapsulate(crypto, enc);
    return HpkeContext.create(crypto, this, new Encapsulated(secret, enc), info, false);
  }

  /** What the key schedule calls suite_id: "HPKE" ‖ KEM ‖ KDF ‖ AEAD, ten bytes. */
  byte[] suiteId() {
    return new byte[] {'H', 'P', 'K', 'E', (byte) (kemId >>> 8), (byte) kemId, 0, 1, 0, 3};
  }

  /**
   * The outcome of an encapsulation: the shared secret (32 bytes) and what the receiver needs to
   * find it.
   */
  record Encapsulated(byte[] secret, byte[] enc) {}
}
