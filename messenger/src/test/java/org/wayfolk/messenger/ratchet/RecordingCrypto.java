package org.wayfolk.messenger.ratchet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/**
 * Real primitives that remember what was sealed under which key and nonce, and every HMAC that was
 * computed: so a test can say that no pair was used twice, and which keys once existed.
 */
final class RecordingCrypto implements Crypto {

  private final Crypto real;
  private final Map<ByteBuffer, ByteBuffer> sealed = new HashMap<>();
  private final boolean keepMacs;
  private final List<byte[]> macs = new ArrayList<>();
  private int reuses;

  /** Keeps what HMAC gave only if asked: long explorations make millions. */
  RecordingCrypto(Crypto real, boolean keepMacs) {
    this.real = real;
    this.keepMacs = keepMacs;
  }

  /** How often a key and nonce sealed something else than they had sealed before. */
  int reuses() {
    return reuses;
  }

  /** How many different pairs of key and nonce sealed something. */
  int pairs() {
    return sealed.size();
  }

  /** Every HMAC made so far: message keys and chain keys among them. */
  List<byte[]> macs() {
    return macs;
  }

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    byte[] pair = Arrays.copyOf(key, key.length + nonce.length);
    System.arraycopy(nonce, 0, pair, key.length, nonce.length);
    ByteBuffer input = ByteBuffer.wrap(real.sha256(real.sha256(aad), plaintext));
    ByteBuffer before = sealed.put(ByteBuffer.wrap(pair), input);
    if (before != null && !before.equals(input)) {
      reuses++;
    }
    return real.seal(key, nonce, aad, plaintext);
  }

  @Override
  public byte[] hmacSha256(byte[] key, byte[]... parts) {
    byte[] out = real.hmacSha256(key, parts);
    if (keepMacs) {
      macs.add(out.clone());
    }
    return out;
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
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return real.ed25519Verify(publicKey, message, signature);
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
  public byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    return real.open(key, nonce, aad, sealed, at, length);
  }
}
