package org.wayfolk.identity;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.conscrypt.Conscrypt;
import org.conscrypt.OpenSSLX25519PrivateKey;
import org.conscrypt.OpenSSLX25519PublicKey;
import org.conscrypt.OpenSslEdDsaPrivateKey;
import org.conscrypt.OpenSslEdDsaPublicKey;
import org.wayfolk.wire.Malformed;

/**
 * BoringSSL through Conscrypt. Its engine objects are made for each call: they are not safe for two
 * threads, and making one takes 0.2 of the 52 microseconds of a verification: a pool saves nothing.
 *
 * <p>The provider object is passed by hand and never registered: a library does not change the
 * providers of its host.
 */
final class ConscryptCrypto extends StrictCrypto {

  private final Provider provider;

  /**
   * Throws a LinkageError or RuntimeException where the native library does not load or does not
   * work.
   */
  ConscryptCrypto() {
    Conscrypt.checkAvailability();
    provider = Conscrypt.newProvider();
    selfTest();
  }

  @Override
  public String name() {
    return "conscrypt";
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    require(seed, KEY_BYTES, "an Ed25519 seed");
    return new Key(seed.clone());
  }

  @Override
  boolean verifyChecked(byte[] key, byte[] signature, byte[] message) {
    try {
      Signature engine = Signature.getInstance("EdDSA", provider);
      engine.initVerify(new OpenSslEdDsaPublicKey(key));
      engine.update(message);
      return engine.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // how the provider says that the key is not on the curve or the signature is
      // not one
    }
  }

  @Override
  public byte[] x25519Public(byte[] scalar) {
    require(scalar, KEY_BYTES, "an X25519 scalar");
    byte[] out = new byte[KEY_BYTES];
    X25519.scalarMultBase(
        scalar, 0, out, 0); // from a table, faster than a general multiplication in C
    return out;
  }

  @Override
  byte[] multiply(byte[] scalar, byte[] peer) throws Malformed {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
      agreement.init(new OpenSSLX25519PrivateKey(scalar));
      agreement.doPhase(new OpenSSLX25519PublicKey(peer), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      throw new Malformed("x25519 key refused");
    }
  }

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    require(key, KEY_BYTES, "a ChaCha20-Poly1305 key");
    require(nonce, NONCE_BYTES, "a ChaCha20-Poly1305 nonce");
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing does not fail", e);
    }
  }

  @Override
  byte[] openChecked(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, aad).doFinal(sealed, at, length);
    } catch (AEADBadTagException e) {
      throw new Malformed("seal does not open");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher is there and its key has the right length", e);
    }
  }

  private Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20/Poly1305/NoPadding", provider);
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  // A native of another build could load and lack an algorithm: find out here, where the fallback
  // still can be taken.
  private void selfTest() {
    byte[] one = new byte[KEY_BYTES];
    one[0] = 1;
    try (SigningKey key = signingKey(one)) {
      byte[] signature = key.sign(one);
      byte[] sealed = seal(one, new byte[NONCE_BYTES], new byte[0], signature);
      boolean opens =
          Arrays.equals(open(one, new byte[NONCE_BYTES], new byte[0], sealed), signature);
      boolean agrees = x25519Agree(one, x25519Public(one)).length == KEY_BYTES;
      if (!opens || !agrees || !ed25519Verify(key.publicKey(), one, signature)) {
        throw new IllegalStateException("conscrypt fails its self-test");
      }
    } catch (Malformed e) {
      throw new IllegalStateException("conscrypt fails its self-test", e);
    }
  }

  /**
   * The native key is imported once: an import derives the public half, which costs as much as a
   * signature.
   */
  private final class Key implements SigningKey {

    private final byte[] seed;
    private final byte[] publicKey;
    private final OpenSslEdDsaPrivateKey key;

    Key(byte[] seed) {
      this.seed = seed;
      publicKey = ed25519Public(seed);
      key = new OpenSslEdDsaPrivateKey(seed);
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature engine = Signature.getInstance("EdDSA", provider);
        engine.initSign(key);
        engine.update(message);
        return engine.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the key is closed or the provider broken", e);
      }
    }

    @Override
    public void close() {
      Arrays.fill(seed, (byte) 0);
      key.destroy();
    }
  }
}
