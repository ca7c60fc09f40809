package org.wayfolk.identity;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.wayfolk.wire.Malformed;

/** Pure Java: the lightweight classes of Bouncy Castle, never its JCA provider. */
final class BouncyCrypto extends StrictCrypto {

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    require(seed, KEY_BYTES, "an Ed25519 seed");
    return new Key(seed.clone(), ed25519Public(seed));
  }

  /**
   * Bouncy Castle multiplies the equation by a short number (Pornin's lattice reduction), which may
   * be even: with a key or R outside the prime-order subgroup its verdict then differs from
   * BoringSSL's, and an attacker can make such keys. So both are tested for the subgroup, and the
   * rare key outside it goes the exact way.
   */
  @Override
  boolean verifyChecked(byte[] key, byte[] signature, byte[] message) {
    if (!Ed25519.validatePublicKeyFull(key, 0)) {
      return ExactEd25519.verify(key, signature, message);
    }
    // R = SB - hA lies in the subgroup when A does: an R outside it is never right.
    return Ed25519.verify(signature, 0, key, 0, message, 0, message.length)
        && Ed25519.validatePublicKeyFull(signature, 0);
  }

  @Override
  public byte[] x25519Public(byte[] scalar) {
    require(scalar, KEY_BYTES, "an X25519 scalar");
    byte[] out = new byte[KEY_BYTES];
    X25519.scalarMultBase(scalar, 0, out, 0);
    return out;
  }

  @Override
  byte[] multiply(byte[] scalar, byte[] peer) {
    byte[] out = new byte[KEY_BYTES];
    X25519.scalarMult(scalar, 0, peer, 0, out, 0);
    return out;
  }

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    require(key, KEY_BYTES, "a ChaCha20-Poly1305 key");
    require(nonce, NONCE_BYTES, "a ChaCha20-Poly1305 nonce");
    try {
      return run(cipher(true, key, nonce, aad), plaintext, 0, plaintext.length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing does not fail", e);
    }
  }

  @Override
  byte[] openChecked(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    try {
      return run(cipher(false, key, nonce, aad), sealed, at, length);
    } catch (InvalidCipherTextException e) {
      throw new Malformed("seal does not open");
    }
  }

  private static ChaCha20Poly1305 cipher(boolean seal, byte[] key, byte[] nonce, byte[] aad) {
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    cipher.init(seal, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nonce, aad));
    return cipher;
  }

  private static byte[] run(ChaCha20Poly1305 cipher, byte[] from, int at, int length)
      throws InvalidCipherTextException {
    byte[] out = new byte[cipher.getOutputSize(length)];
    int done = cipher.processBytes(from, at, length, out, 0);
    cipher.doFinal(out, done);
    return out;
  }

  private record Key(byte[] seed, byte[] publicKey) implements SigningKey {

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      byte[] out = new byte[SIGNATURE_BYTES];
      Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, out, 0);
      return out;
    }

    @Override
    public void close() {
      Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
      return "SigningKey"; // a record would print its arrays' addresses at best
    }
  }
}
