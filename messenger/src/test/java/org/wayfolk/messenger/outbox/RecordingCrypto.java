package org.wayfolk.messenger.outbox;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/**
 * Remembers under which key and nonce something was sealed: the same pair never serves two texts.
 */
final class RecordingCrypto implements Crypto {
  private final Crypto inner = Crypto.best();
  private final Map<String, String> sealed = new HashMap<>();

  /** Pairs that served two texts. */
  int reused;

  /** Texts that were sealed. */
  int seals;

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    seals++;
    String pair = HexFormat.of().formatHex(inner.sha256(key, nonce), 0, 16);
    String text = HexFormat.of().formatHex(inner.sha256(aad, new byte[1], plaintext), 0, 16);
    String before = sealed.putIfAbsent(pair, text);
    if (before != null && !before.equals(text)) {
      reused++;
    }
    return inner.seal(key, nonce, aad, plaintext);
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public byte[] sha256(byte[]... parts) {
    return inner.sha256(parts);
  }

  @Override
  public byte[] blake2b256(byte[]... parts) {
    return inner.blake2b256(parts);
  }

  @Override
  public byte[] hmacSha256(byte[] key, byte[]... parts) {
    return inner.hmacSha256(key, parts);
  }

  @Override
  public byte[] hkdfExtract(byte[] salt, byte[]... keyMaterial) {
    return inner.hkdfExtract(salt, keyMaterial);
  }

  @Override
  public byte[] hkdfExpand(byte[] pseudoRandomKey, int length, byte[]... info) {
    return inner.hkdfExpand(pseudoRandomKey, length, info);
  }

  @Override
  public byte[] ed25519Public(byte[] seed) {
    return inner.ed25519Public(seed);
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    return inner.signingKey(seed);
  }

  @Override
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return inner.ed25519Verify(publicKey, message, signature);
  }

  @Override
  public boolean ed25519Verify(byte[] from, int keyAt, int signatureAt, byte[] message) {
    return inner.ed25519Verify(from, keyAt, signatureAt, message);
  }

  @Override
  public byte[] x25519Public(byte[] scalar) {
    return inner.x25519Public(scalar);
  }

  @Override
  public byte[] x25519Agree(byte[] scalar, byte[] peer) throws Malformed {
    return inner.x25519Agree(scalar, peer);
  }

  @Override
  public byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    return inner.open(key, nonce, aad, sealed, at, length);
  }

  @Override
  public String toString() {
    return "RecordingCrypto" + Arrays.asList(seals, reused);
  }
}
