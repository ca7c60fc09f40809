package org.wayfolk.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;

/**
 * What a peer's leaf certificate proves: the holder of its TLS key speaks for this identity. Valid
 * only together with the TLS handshake, in which that key signs.
 *
 * @param identity who signed the certificate's public key
 * @param spkiHash SHA-256 of the certificate's complete DER SubjectPublicKeyInfo, 32 bytes; not
 *     copied
 */
public record PeerCertificate(PublicIdentity identity, byte[] spkiHash) {

  /**
   * Ours has about 400 bytes; room for other implementations, and a bound for the work of one
   * handshake.
   */
  public static final int MAX_BYTES = 4096;

  private static final int VALUE_BYTES = Crypto.KEY_BYTES + Crypto.SIGNATURE_BYTES;

  /**
   * Reads a leaf certificate and verifies the identity's signature over its public key. Chain,
   * names, dates and self-signature are not looked at: they prove nothing here. Costs one signature
   * check; see {@link CertificateVerdicts} for a cache.
   *
   * @throws Malformed if it is no certificate, larger than {@link #MAX_BYTES}, has not exactly one
   *     identity extension of 96 bytes, or the signature is not that identity's
   */
  public static PeerCertificate verify(Crypto crypto, byte[] der) throws Malformed {
    if (der.length > MAX_BYTES) {
      throw new Malformed("certificate: too large");
    }
    Der whole = Der.of(der);
    Der certificate = whole.enter(Der.SEQUENCE);
    whole.finish();
    Der tbs = certificate.enter(Der.SEQUENCE);
    certificate.enter(
        Der.SEQUENCE); // signature algorithm and self-signature: there, but never verified
    certificate.enter(Der.BIT_STRING);
    certificate.finish();
    if (tbs.peek() == 0xa0) { // version
      tbs.enter(0xa0);
    }
    tbs.enter(Der.INTEGER); // serial
    tbs.enter(Der.SEQUENCE); // signature algorithm
    tbs.enter(Der.SEQUENCE); // issuer
    tbs.enter(Der.SEQUENCE); // validity
    tbs.enter(Der.SEQUENCE); // subject
    byte[] spki = tbs.element(Der.SEQUENCE);
    byte[] value = identityExtension(tbs);
    PublicIdentity identity = PublicIdentity.of(value, 0);
    byte[] signature = Arrays.copyOfRange(value, Crypto.KEY_BYTES, VALUE_BYTES);
    if (!identity.verifySpki(crypto, spki, signature)) {
      throw new Malformed("certificate: identity signature does not verify");
    }
    return new PeerCertificate(identity, crypto.sha256(spki));
  }

  private static byte[] identityExtension(Der tbs) throws Malformed {
    byte @Nullable [] value = null;
    for (int unique : new int[] {0x81, 0x82}) { // issuerUniqueID, subjectUniqueID
      if (tbs.peek() == unique) {
        tbs.enter(unique);
      }
    }
    if (tbs.hasMore()) {
      Der explicit = tbs.enter(0xa3);
      Der extensions = explicit.enter(Der.SEQUENCE);
      explicit.finish();
      while (extensions.hasMore()) {
        Der extension = extensions.enter(Der.SEQUENCE);
        byte[] oid = extension.element(Der.OID);
        if (extension.peek() == Der.BOOLEAN) { // critical: either way
          extension.enter(Der.BOOLEAN);
        }
        byte[] content = extension.enter(Der.OCTET_STRING).rest();
        extension.finish();
        if (Arrays.equals(oid, LeafCertificate.IDENTITY_OID)) {
          if (value != null) {
            throw new Malformed("certificate: two identity extensions");
          }
          value = content;
        }
      }
    }
    tbs.finish();
    if (value == null) {
      throw new Malformed("certificate: no identity extension");
    }
    if (value.length != VALUE_BYTES) {
      throw new Malformed("certificate: identity extension length");
    }
    return value;
  }
}
