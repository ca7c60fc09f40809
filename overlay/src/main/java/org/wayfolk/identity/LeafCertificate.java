package org.wayfolk.identity;

import java.util.Arrays;

/** The certificate of a link (docs/protocol/identity.md): its public key's form. */
final class LeafCertificate {

  // SEQUENCE { SEQUENCE { ecPublicKey, prime256v1 }, BIT STRING uncompressed point }
  private static final byte[] P256_PREFIX = {
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04
  };

  private LeafCertificate() {}

  /** Whether these bytes are the complete SubjectPublicKeyInfo of a P-256 key: nothing else is signed for a link. */
  static boolean isP256(byte[] spki) {
    return spki.length == 91
        && Arrays.equals(spki, 0, P256_PREFIX.length, P256_PREFIX, 0, P256_PREFIX.length);
  }
}
