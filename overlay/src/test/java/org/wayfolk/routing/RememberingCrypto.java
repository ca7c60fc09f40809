package org.wayfolk.routing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/**
 * Real crypto that verifies the same signature once: a network in one process checks each often.
 */
final class RememberingCrypto implements Crypto {
  private final Crypto real;
  private final Map<ByteBuffer, Boolean> verified = new HashMap<>();

  RememberingCrypto(Crypto real) {
    this.real = real;
  }

  @Override
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    byte[] key = new byte[96];
    System.arraycopy(publicKey, 0, key, 0, 32);
    System.arraycopy(signature, 0, key, 32, 64);
    byte[] all = real.sha256(key, message);
    return verified.computeIfAbsent(
        ByteBuffer.wrap(all), k -> real.ed25519Verify(publicKey, message, signature));
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public byte[] sha256(byte[]... parts) {
    return real.sha256(parts);
  }

  @Override
  public byte[] blake2b256(byte[]... parts) {
    return real.blake2b256(parts);
  }

  @Override
  public byte[] hmacSha256(byte[] key, byte[]... parts) {
    return real.hmacSha256(key, parts);
  }

  @Override
  public byte[] hkdfExtract(byte[] salt, byte[]... keyMaterial) {
    return real.hkdfExtract(salt, keyMaterial);
  }

  @Override
  public byte[] hkdfExpand(byte[] pseudoRandomKey, int length, byte[]... info) {
    return real.hkdfExpand(pseudoRandomKey, length, info);
  }

  @Override
  public byte[] ed25519Public(byte[] seed) {
    return real.ed25519Public(seed);
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    return real.signingKey(seed);
  }

  @Override
  public boolean ed25519Verify(byte[] from, int keyAt, int signatureAt, byte[] message) {
    return real.ed25519Verify(from, keyAt, signatureAt, message);
  }

  @Override
  public byte[] x25519Public(byte[] scalar) {
    return real.x25519Public(scalar);
  }

  @Override
  public byte[] x25519Agree(byte[] scalar, byte[] peer) throws Malformed {
    return real.x25519Agree(scalar, peer);
  }

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    return real.seal(key, nonce, aad, plaintext);
  }

  @Override
  public byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    return real.open(key, nonce, aad, sealed, at, length);
  }
}
