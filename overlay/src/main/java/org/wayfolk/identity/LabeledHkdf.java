package org.wayfolk.identity;

/** LabeledExtract and LabeledExpand of RFC 9180, section 4, for one suite id. */
record LabeledHkdf(Crypto crypto, byte[] suiteId) {

  private static final byte[] VERSION = Nodenet.ascii("HPKE-v1");

  byte[] extract(byte[] salt, String label, byte[] keyMaterial) {
    return crypto.hkdfExtract(salt, VERSION, suiteId, Nodenet.ascii(label), keyMaterial);
  }

  byte[] expand(byte[] pseudoRandomKey, String label, int length, byte[]... info) {
    byte[][] parts = new byte[info.length + 4][];
    parts[0] = new byte[] {(byte) (length >>> 8), (byte) length};
    parts[1] = VERSION;
    parts[2] = suiteId;
    parts[3] = Nodenet.ascii(label);
    System.arraycopy(info, 0, parts, 4, info.length);
    return crypto.hkdfExpand(pseudoRandomKey, length, parts);
  }
}
