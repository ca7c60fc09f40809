package org.wayfolk.messenger.ratchet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.wayfolk.identity.Crypto;

/**
 * Every derivation of the ratchet, with HKDF-SHA-256 (RFC 5869) and HMAC-SHA-256. Each has a label
 * of its own: {@code "wayfolk/1 " ‖ name ‖ 0x00}.
 */
record KeySchedule(Crypto crypto) {

  static final int KEY = Crypto.KEY_BYTES;

  private static final byte[] NONE = {};
  private static final byte[] SETUP = label("ratchet keys");
  private static final byte[] STEP = label("ratchet step");
  private static final byte[] BODY = label("ratchet body");
  private static final byte[] MESSAGE = {1};
  private static final byte[] CHAIN = {2};

  // PQXDH 2.1: as many bytes 0xff as keep the input apart from that of any XEdDSA hash.
  private static final byte[] PREFIX = new byte[KEY];

  static {
    Arrays.fill(PREFIX, (byte) 0xff);
  }

  /** What a set-up gives: the root key and the first header key of each side. */
  record Setup(byte[] root, byte[] initiatorHeader, byte[] responderHeader) {}

  /** What a step of the root key gives. */
  record Step(byte[] root, byte[] chain, byte[] nextHeader) {}

  /** Key and nonce of one body. */
  record BodyKey(byte[] key, byte[] nonce) {}

  Setup setup(byte[] binding, byte[]... secrets) {
    byte[][] parts = new byte[secrets.length + 1][];
    parts[0] = PREFIX;
    System.arraycopy(secrets, 0, parts, 1, secrets.length);
    byte[] prk = crypto.hkdfExtract(NONE, parts);
    byte[] keys = crypto.hkdfExpand(prk, 3 * KEY, SETUP, binding);
    return new Setup(part(keys, 0), part(keys, 1), part(keys, 2));
  }

  /** A step without fresh ML-KEM. */
  Step step(byte[] root, byte[] agreed) {
    return expand(crypto.hkdfExtract(root, agreed), NONE);
  }

  /** A step that mixes a fresh ML-KEM secret in, bound to the key and ciphertext that made it. */
  Step step(byte[] root, byte[] agreed, byte[] secret, byte[] kemKey, byte[] ciphertext) {
    byte[] prk = crypto.hkdfExtract(root, agreed, secret);
    return expand(prk, crypto.sha256(kemKey, ciphertext));
  }

  private Step expand(byte[] prk, byte[] fresh) {
    byte[] keys = crypto.hkdfExpand(prk, 3 * KEY, STEP, fresh);
    return new Step(part(keys, 0), part(keys, 1), part(keys, 2));
  }

  byte[] messageKey(byte[] chain) {
    return crypto.hmacSha256(chain, MESSAGE);
  }

  byte[] nextChain(byte[] chain) {
    return crypto.hmacSha256(chain, CHAIN);
  }

  /**
   * A rolled-back state has the same message key again, but never the same salt: so neither the
   * same key.
   */
  BodyKey body(byte[] messageKey, byte[] salt) {
    byte[] prk = crypto.hkdfExtract(salt, messageKey);
    byte[] out = crypto.hkdfExpand(prk, KEY + Crypto.NONCE_BYTES, BODY);
    return new BodyKey(Arrays.copyOf(out, KEY), Arrays.copyOfRange(out, KEY, out.length));
  }

  private static byte[] part(byte[] keys, int i) {
    return Arrays.copyOfRange(keys, i * KEY, (i + 1) * KEY);
  }

  private static byte[] label(String name) {
    return ("wayfolk/1 " + name + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
