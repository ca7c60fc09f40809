package org.wayfolk.store;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 as the function that makes keys of a key. */
final class Keyed32 {

  private static final String NAME = "HmacSHA256";

  private Keyed32() {}

  /** The key of {@code key} for one use, 32 bytes. */
  static byte[] of(byte[] key, String use) {
    return mac(key).doFinal(use.getBytes(StandardCharsets.UTF_8));
  }

  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
