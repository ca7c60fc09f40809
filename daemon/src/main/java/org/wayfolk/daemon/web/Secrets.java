package org.wayfolk.daemon.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes of codes, tokens and challenges, and how they are written. Pure. */
final class Secrets {
  /** Bytes of a token, a key and a nonce. */
  static final int LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();

  private Secrets() {}

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest d = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        d.update(part);
      }
      return d.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * HMAC-SHA256 over a label and two nonces, as they were written, with a zero byte between: none
   * of the three can hold one, so no two different challenges are the same bytes.
   */
  static String proof(byte[] key, String label, String first, String second) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String text = label + "\0" + first + "\0" + second;
      return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Compares without telling by its time how much was right. */
  static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a text is base64url of so many bytes. */
  static boolean isBase64(String text, int bytes) {
    if (text.length() != (bytes * 4 + 2) / 3) {
      return false;
    }
    try {
      return Base64.getUrlDecoder().decode(text).length == bytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
