package org.wayfolk.messenger.ratchet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The encrypted header of a message.
 *
 * <pre>
 * payload     nonce 12 ‖ seal(header) 73 [‖ seal(extension) 1200 or 1104] ‖ seal(padded body)
 * header      flags 1 ‖ ratchet key 32 ‖ previous 4 ‖ number 4 ‖ salt 16
 * flags       0x01 extension = ML-KEM-768 key on offer, 1184 bytes
 *             0x02 extension = ML-KEM-768 ciphertext of this chain, 1088 bytes
 * </pre>
 *
 * <p>Header and extension are sealed under one header key, with the session's binding as associated
 * data. The nonce is random with its first bit 0; the extension's is the same with that bit 1. So a
 * header key needs no counter, which a state that goes back would repeat; and that an extension is
 * there shows in nothing but the padded size.
 *
 * @param ratchetKey the sender's current X25519 ratchet key
 * @param previous messages in its previous chain
 * @param number of this message in its chain, from 0
 * @param salt 16 random bytes for the body's key
 * @param offer an ML-KEM key, or null
 * @param ciphertext the one that this chain mixes in, or null
 */
record Header(
    byte[] ratchetKey,
    int previous,
    int number,
    byte[] salt,
    byte @Nullable [] offer,
    byte @Nullable [] ciphertext) {

  static final int SALT = 16;
  static final int SEALED = 1 + Crypto.KEY_BYTES + 2 * Integer.BYTES + SALT + Crypto.TAG_BYTES;
  static final int FIXED = Crypto.NONCE_BYTES + SEALED;
  static final int MAX_EXTENSION = MlKem768.PUBLIC_BYTES + Crypto.TAG_BYTES;

  private static final int OFFER = 1;
  private static final int CIPHERTEXT = 2;
  private static final byte EXTENSION_BIT = (byte) 0x80;

  /**
   * A header that opened.
   *
   * @param header what it says
   * @param length bytes of the payload that it takes, extension included
   */
  record Read(Header header, int length) {}

  /** Bytes that this header takes in a payload. */
  int length() {
    byte[] extension = extension();
    return extension == null ? FIXED : FIXED + extension.length + Crypto.TAG_BYTES;
  }

  private byte @Nullable [] extension() {
    return offer != null ? offer : ciphertext;
  }

  /** The sealed header: nonce 12 random bytes. */
  byte[] seal(Crypto crypto, byte[] key, byte[] binding, byte[] random) {
    byte[] nonce = random.clone();
    nonce[0] &= (byte) ~EXTENSION_BIT;
    int flags = offer != null ? OFFER : ciphertext != null ? CIPHERTEXT : 0;
    byte[] plain =
        new Writer(SEALED - Crypto.TAG_BYTES)
            .u8(flags)
            .bytes(ratchetKey)
            .i32(previous)
            .i32(number)
            .bytes(salt)
            .toBytes();
    Writer out = new Writer(length()).bytes(nonce).bytes(crypto.seal(key, nonce, binding, plain));
    byte[] extension = extension();
    if (extension != null) {
      nonce[0] |= EXTENSION_BIT;
      out.bytes(crypto.seal(key, nonce, binding, extension));
    }
    return out.toBytes();
  }

  /**
   * What the header says if this key opens it, else null.
   *
   * @throws Malformed if it opens and its sender made it wrongly, or the extension does not open
   */
  static @Nullable Read open(Crypto crypto, byte[] key, byte[] binding, byte[] payload)
      throws Malformed {
    if (payload.length < FIXED || payload[0] < 0) {
      return null;
    }
    byte[] nonce = Arrays.copyOf(payload, Crypto.NONCE_BYTES);
    byte[] plain;
    try {
      plain = crypto.open(key, nonce, binding, payload, Crypto.NONCE_BYTES, SEALED);
    } catch (Malformed e) {
      return null;
    }
    Reader in = new Reader(plain);
    int flags = in.u8();
    byte[] ratchetKey = in.copy(Crypto.KEY_BYTES);
    int previous = in.i32();
    int number = in.i32();
    byte[] salt = in.copy(SALT);
    int bytes =
        switch (flags) {
          case 0 -> 0;
          case OFFER -> MlKem768.PUBLIC_BYTES + Crypto.TAG_BYTES;
          case CIPHERTEXT -> MlKem768.CIPHERTEXT_BYTES + Crypto.TAG_BYTES;
          default -> throw new Malformed("header flags");
        };
    if (previous < 0 || number < 0 || bytes > payload.length - FIXED) {
      throw new Malformed("header numbers");
    }
    if (bytes == 0) {
      return new Read(new Header(ratchetKey, previous, number, salt, null, null), FIXED);
    }
    nonce[0] |= EXTENSION_BIT;
    byte[] extension = crypto.open(key, nonce, binding, payload, FIXED, bytes);
    byte[] offer = flags == OFFER ? extension : null;
    byte[] ciphertext = flags == CIPHERTEXT ? extension : null;
    if (offer != null) {
      MlKem768.checkKey(offer);
    }
    return new Read(
        new Header(ratchetKey, previous, number, salt, offer, ciphertext), FIXED + bytes);
  }
}
