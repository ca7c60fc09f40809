package org.wayfolk.identity;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * Our certificate on links: self-signed, with a fresh P-256 key, and one extension in which the
 * identity signs that key (docs/protocol/identity.md; shared byte for byte with nodenet). TLS
 * proves possession of the P-256 key, the extension binds it to the {@link PublicIdentity}; names,
 * dates and the self-signature mean nothing.
 *
 * <p>Made once a start of a node; immutable. The private key is wiped by nobody: the TLS stack
 * needs it to the end.
 */
public final class LeafCertificate {

  // 1.3.6.1.4.1.58147.1.1
  static final byte[] IDENTITY_OID = {
    0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, (byte) 0x83, (byte) 0xc6, 0x23, 0x01, 0x01
  };

  // SEQUENCE { SEQUENCE { ecPublicKey, prime256v1 }, BIT STRING uncompressed point }
  private static final byte[] P256_PREFIX = {
    0x30,
    0x59,
    0x30,
    0x13,
    0x06,
    0x07,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0xce,
    0x3d,
    0x02,
    0x01,
    0x06,
    0x08,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0xce,
    0x3d,
    0x03,
    0x01,
    0x07,
    0x03,
    0x42,
    0x00,
    0x04
  };
  private static final int SPKI_BYTES = 91;
  private static final int ALGORITHM_AT = 2;
  private static final int ALGORITHM_BYTES = 21;

  // SEQUENCE { ecdsa-with-SHA256 }
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

  private static final ECDomainParameters P256 = p256();

  // 128 bits more than the order: the remainder is uniform but for 2^-128 (FIPS 186-5, A.2.1).
  private static final int SCALAR_ENTROPY = 48;

  private final byte[] der;
  private final byte[] pkcs8;
  private final byte[] spkiHash;

  private LeafCertificate(byte[] der, byte[] pkcs8, byte[] spkiHash) {
    this.der = der;
    this.pkcs8 = pkcs8;
    this.spkiHash = spkiHash;
  }

  /**
   * Makes a key from 48 bytes of {@code random} and its certificate. Some milliseconds. With
   * cryptography that protects nothing it is a stand-in of the same form, without a private key.
   */
  public static LeafCertificate create(Identity identity, RandomGenerator random) {
    byte[] entropy = new byte[SCALAR_ENTROPY];
    random.nextBytes(entropy);
    if (!identity.crypto().protects()) {
      return standIn(identity, entropy);
    }
    BigInteger range = P256.getN().subtract(BigInteger.ONE);
    BigInteger scalar = new BigInteger(1, entropy).mod(range).add(BigInteger.ONE);
    Arrays.fill(entropy, (byte) 0);
    return create(identity, scalar);
  }

  static LeafCertificate create(Identity identity, BigInteger scalar) {
    byte[] point =
        new FixedPointCombMultiplier().multiply(P256.getG(), scalar).normalize().getEncoded(false);
    byte[] spki = Nodenet.concat(P256_PREFIX, Arrays.copyOfRange(point, 1, point.length));
    byte[] tbs = tbs(identity, spki);
    byte[] der =
        Der.write(Der.SEQUENCE, tbs, ECDSA_WITH_SHA256, Der.bits(ecdsa(identity, scalar, tbs)));
    return new LeafCertificate(der, pkcs8(scalar, point), identity.crypto().sha256(spki));
  }

  private static LeafCertificate standIn(Identity identity, byte[] anything) {
    byte[] spki =
        Nodenet.concat(P256_PREFIX, Arrays.copyOf(anything, SPKI_BYTES - P256_PREFIX.length));
    byte[] der =
        Der.write(Der.SEQUENCE, tbs(identity, spki), ECDSA_WITH_SHA256, Der.bits(anything));
    return new LeafCertificate(der, new byte[0], identity.crypto().sha256(spki));
  }

  private static byte[] tbs(Identity identity, byte[] spki) {
    byte[] signature = identity.signSpki(spki);
    byte[] extension =
        Der.write(
            Der.SEQUENCE,
            IDENTITY_OID,
            Der.write(Der.OCTET_STRING, identity.publicIdentity().key(), signature));
    byte[] name =
        Der.write(
            Der.SEQUENCE,
            Der.write(
                Der.SET,
                Der.write(
                    Der.SEQUENCE,
                    COMMON_NAME,
                    Der.write(Der.UTF8_STRING, Nodenet.ascii("nodenet")))));
    byte[] validity =
        Der.write(
            Der.SEQUENCE,
            Der.write(Der.UTC_TIME, Nodenet.ascii("700101000000Z")),
            Der.write(Der.GENERALIZED_TIME, Nodenet.ascii("99991231235959Z")));
    return Der.write(
        Der.SEQUENCE,
        Der.write(0xa0, Der.integer(BigInteger.TWO)), // version 3
        Der.integer(BigInteger.ONE), // serial: a positive one is required, and says nothing
        ECDSA_WITH_SHA256,
        name,
        validity,
        name,
        spki,
        Der.write(0xa3, Der.write(Der.SEQUENCE, extension)));
  }

  // The nonce is RFC 6979's: no randomness to go wrong.
  private static byte[] ecdsa(Identity identity, BigInteger scalar, byte[] tbs) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar, P256));
    BigInteger[] rs = signer.generateSignature(identity.crypto().sha256(tbs));
    return Der.write(Der.SEQUENCE, Der.integer(rs[0]), Der.integer(rs[1]));
  }

  // RFC 5958 around RFC 5915
  private static byte[] pkcs8(BigInteger scalar, byte[] point) {
    byte[] key =
        Der.write(
            Der.SEQUENCE,
            Der.integer(BigInteger.ONE),
            Der.write(Der.OCTET_STRING, BigIntegers.asUnsignedByteArray(32, scalar)),
            Der.write(0xa1, Der.bits(point)));
    byte[] algorithm =
        Arrays.copyOfRange(P256_PREFIX, ALGORITHM_AT, ALGORITHM_AT + ALGORITHM_BYTES);
    return Der.write(
        Der.SEQUENCE, Der.integer(BigInteger.ZERO), algorithm, Der.write(Der.OCTET_STRING, key));
  }

  /**
   * Whether these bytes are the complete SubjectPublicKeyInfo of a P-256 key: nothing else is
   * signed for a link.
   */
  static boolean isP256(byte[] spki) {
    return spki.length == SPKI_BYTES
        && Arrays.equals(spki, 0, P256_PREFIX.length, P256_PREFIX, 0, P256_PREFIX.length);
  }

  private static ECDomainParameters p256() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  /** The certificate, DER. */
  public byte[] der() {
    return der.clone();
  }

  /** The private key, PKCS#8 DER. Secret. */
  public byte[] pkcs8() {
    return pkcs8.clone();
  }

  /** SHA-256 of the DER SubjectPublicKeyInfo, 32 bytes. */
  public byte[] spkiHash() {
    return spkiHash.clone();
  }

  /** The certificate for a TLS stack, from the JDK's factory. */
  public X509Certificate certificate() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalStateException("we wrote a certificate that does not parse", e);
    }
  }

  /** The private key for a TLS stack, from the JDK's factory. Secret. */
  public PrivateKey privateKey() {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("we wrote a key that does not parse", e);
    }
  }

  /** The hash of the public key and nothing secret. */
  @Override
  public String toString() {
    return "LeafCertificate[" + java.util.HexFormat.of().formatHex(spkiHash, 0, 8) + "]";
  }
}
