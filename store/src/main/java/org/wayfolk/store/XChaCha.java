package org.wayfolk.store;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): its nonce of 24 bytes may be drawn at random for
 * every value ever sealed, also by a copy of the file that was rolled back.
 */
final class XChaCha {

  static final int KEY = 32;
  static final int NONCE = 24;
  static final int TAG = 16;
  private static final int TAG_BITS = 8 * TAG;

  private XChaCha() {}

  /** Writes the ciphertext and its tag to {@code out} at {@code at}. */
  static void seal(byte[] key, byte[] nonce, byte[] aad, byte[] plain, byte[] out, int at) {
    XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
    cipher.init(true, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, aad));
    int written = cipher.processBytes(plain, 0, plain.length, out, at);
    try {
      cipher.doFinal(out, at + written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plaintext of {@code sealed} from {@code at}, or null if it is not authentic. */
  static byte @Nullable [] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at) {
    int length = sealed.length - at - TAG;
    if (length < 0) {
      return null;
    }
    XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
    cipher.init(false, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, aad));
    byte[] plain = new byte[length];
    try {
      int written = cipher.processBytes(sealed, at, sealed.length - at, plain, 0);
      cipher.doFinal(plain, written);
      return plain;
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }
}
