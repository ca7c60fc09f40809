package org.wayfolk.quic;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.wayfolk.wire.Writer;

/**
 * Says CONNECTION_REFUSED to a client without keeping anything for it (RFC 9000 5.2.2): one Initial
 * packet with one CONNECTION_CLOSE, under the Initial keys that anyone can derive from the client's
 * own packet (RFC 9001 5.2). About 50 bytes for the 1,200 received, so it amplifies nothing; a
 * dialler learns at once that there is no room.
 *
 * <pre>
 *   c1  00000001  len DCID  len SCID  00  40 len  pn(2)  AEAD( 1c 02 00 00 )  tag(16)
 * </pre>
 */
final class Refusal {
  private static final byte[] SALT_V1 = {
    0x38,
    0x76,
    0x2c,
    (byte) 0xf7,
    (byte) 0xf5,
    0x59,
    0x34,
    (byte) 0xb3,
    0x4d,
    0x17,
    (byte) 0x9a,
    (byte) 0xe6,
    (byte) 0xa4,
    (byte) 0xc8,
    0x0c,
    (byte) 0xad,
    (byte) 0xcc,
    (byte) 0xbb,
    0x7f,
    0x0a
  };
  private static final byte[] CLOSE = {0x1c, 0x02, 0x00, 0x00};
  private static final int TAG = 16;
  private static final int NUMBER = 2;

  private Refusal() {}

  /**
   * The packet that refuses a client.
   *
   * @param clientId the source id of its Initial
   * @param firstId the destination id of its Initial, which the keys come from
   */
  static byte[] packet(byte[] clientId, byte[] firstId) {
    try {
      byte[] initial = hmac(SALT_V1, firstId);
      byte[] server = expand(initial, "server in", 32);
      byte[] iv = expand(server, "quic iv", 12);
      int sealed = NUMBER + CLOSE.length + TAG;
      Writer w = new Writer(64 + clientId.length + firstId.length);
      w.u8(0xc0 | NUMBER - 1).i32(1);
      w.u8(clientId.length).bytes(clientId).u8(firstId.length).bytes(firstId);
      w.u8(0).u16(0x4000 | sealed);
      int numberAt = w.length();
      byte[] header = w.u16(0).toBytes();
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      // Packet number 0: the nonce is the IV itself.
      gcm.init(
          Cipher.ENCRYPT_MODE, aes(expand(server, "quic key", 16)), new GCMParameterSpec(128, iv));
      gcm.updateAAD(header);
      byte[] packet = w.bytes(gcm.doFinal(CLOSE)).toBytes();
      Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
      ecb.init(Cipher.ENCRYPT_MODE, aes(expand(server, "quic hp", 16)));
      byte[] mask = ecb.doFinal(packet, numberAt + 4, 16);
      packet[0] ^= (byte) (mask[0] & 0x0f);
      for (int i = 0; i < NUMBER; i++) {
        packet[numberAt + i] ^= mask[1 + i];
      }
      return packet;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM or HMAC-SHA-256", e);
    }
  }

  private static SecretKeySpec aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  /** HKDF-Expand-Label of TLS 1.3 with an empty context, for at most one block. */
  private static byte[] expand(byte[] secret, String label, int length)
      throws GeneralSecurityException {
    byte[] full = ("tls13 " + label).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] info =
        new Writer(full.length + 5).u16(length).u8(full.length).bytes(full).u8(0).u8(1).toBytes();
    return Arrays.copyOf(hmac(secret, info), length);
  }
}
