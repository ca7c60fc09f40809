package org.wayfolk.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.wayfolk.wire.Malformed;

/**
 * What both providers share: every check that decides validity, before the provider sees a byte,
 * and the primitives that need no provider. A provider fills in only arithmetic, so that no two
 * nodes can disagree about a verdict.
 */
abstract sealed class StrictCrypto implements Crypto permits ConscryptCrypto, BouncyCrypto {

  // RFC 5869: the block counter is one byte.
  private static final int MAX_EXPAND = 255 * HASH_BYTES;

  private static final int SHA256_BLOCK = 64;

  /** Verifies with S < L and canonical, not small-order A and R already established. */
  abstract boolean verifyChecked(byte[] key, byte[] signature, byte[] message);

  /** Multiplies; the caller checks the result for zero. */
  abstract byte[] multiply(byte[] scalar, byte[] peer) throws Malformed;

  /** Opens at least a tag's worth of bytes. */
  abstract byte[] openChecked(
      byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length) throws Malformed;

  @Override
  public final byte[] sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  @Override
  public final byte[] blake2b256(byte[]... parts) {
    Blake2b digest = new Blake2b();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    return digest.digest();
  }

  @Override
  public final byte[] hmacSha256(byte[] key, byte[]... parts) {
    byte[] pad = Arrays.copyOf(key.length > SHA256_BLOCK ? sha256(key) : key, SHA256_BLOCK);
    MessageDigest digest = newSha256();
    xor(pad, 0x36);
    digest.update(pad);
    for (byte[] part : parts) {
      digest.update(part);
    }
    byte[] inner = digest.digest();
    xor(pad, 0x36 ^ 0x5c);
    digest.update(pad);
    Arrays.fill(pad, (byte) 0);
    return digest.digest(inner);
  }

  @Override
  public final byte[] hkdfExtract(byte[] salt, byte[]... keyMaterial) {
    return hmacSha256(salt, keyMaterial); // HMAC pads the key with zeros, so empty = 32 zero bytes
  }

  @Override
  public final byte[] hkdfExpand(byte[] pseudoRandomKey, int length, byte[]... info) {
    if (length < 1 || length > MAX_EXPAND) {
      throw new IllegalArgumentException("HKDF gives 1 to " + MAX_EXPAND + " bytes, not " + length);
    }
    byte[] out = new byte[length];
    byte[][] parts = new byte[info.length + 2][];
    System.arraycopy(info, 0, parts, 1, info.length);
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; counter++) {
      parts[0] = block;
      parts[parts.length - 1] = new byte[] {(byte) counter};
      block = hmacSha256(pseudoRandomKey, parts);
      int take = Math.min(HASH_BYTES, length - done);
      System.arraycopy(block, 0, out, done, take);
      done += take;
    }
    return out;
  }

  // Bouncy Castle for both: Conscrypt has no call from a seed to its public key that is faster.
  @Override
  public final byte[] ed25519Public(byte[] seed) {
    require(seed, KEY_BYTES, "an Ed25519 seed");
    byte[] out = new byte[KEY_BYTES];
    Ed25519.generatePublicKey(seed, 0, out, 0);
    return out;
  }

  @Override
  public final boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && Strict.publicKey(publicKey, 0)
        && Strict.signature(signature, 0)
        && verifyChecked(publicKey, signature, message);
  }

  @Override
  public final boolean ed25519Verify(byte[] from, int keyAt, int signatureAt, byte[] message) {
    return Strict.publicKey(from, keyAt)
        && Strict.signature(from, signatureAt)
        && verifyChecked(
            Arrays.copyOfRange(from, keyAt, keyAt + KEY_BYTES),
            Arrays.copyOfRange(from, signatureAt, signatureAt + SIGNATURE_BYTES),
            message);
  }

  @Override
  public final byte[] x25519Agree(byte[] scalar, byte[] peer) throws Malformed {
    require(scalar, KEY_BYTES, "an X25519 scalar");
    if (peer.length != KEY_BYTES) {
      throw new Malformed("x25519 key length");
    }
    if (Strict.smallOrderX25519(peer, 0)) {
      throw new Malformed("x25519 key of small order");
    }
    byte[] secret = multiply(scalar, peer);
    int or = 0;
    for (byte b : secret) {
      or |= b;
    }
    if (or == 0) { // cannot happen after the check above; RFC 7748 6.1 asks for it all the same
      throw new Malformed("x25519 secret all zero");
    }
    return secret;
  }

  @Override
  public final byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    require(key, KEY_BYTES, "a ChaCha20-Poly1305 key");
    require(nonce, NONCE_BYTES, "a ChaCha20-Poly1305 nonce");
    if (length < TAG_BYTES) {
      throw new Malformed("sealed bytes shorter than a tag");
    }
    return openChecked(key, nonce, aad, sealed, at, length);
  }

  static void require(byte[] bytes, int length, String what) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(what + " has " + length + " bytes, not " + bytes.length);
    }
  }

  private static void xor(byte[] pad, int with) {
    for (int i = 0; i < pad.length; i++) {
      pad[i] ^= (byte) with;
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
