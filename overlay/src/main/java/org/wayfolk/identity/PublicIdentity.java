package org.wayfolk.identity;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.Malformed;

/**
 * A peer's Ed25519 key and the {@link NodeId} that is its hash. Immutable; equal if the keys are
 * equal.
 *
 * <p>Having one proves nothing about who sent it; a signature under it does.
 */
public final class PublicIdentity {

  /** Bytes of the key. */
  public static final int KEY_BYTES = Crypto.KEY_BYTES;

  private final byte[] key;
  private final NodeId id;

  private PublicIdentity(byte[] key) {
    this.key = key;
    this.id = idOf(key, 0);
  }

  /**
   * Takes a copy of a 32-byte Ed25519 public key.
   *
   * @throws Malformed if it has another length, is not canonical or has small order; whether it is
   *     a point at all shows only when a signature is verified
   */
  public static PublicIdentity of(byte[] key) throws Malformed {
    if (key.length != KEY_BYTES) {
      throw new Malformed("identity key length");
    }
    return of(key, 0);
  }

  /**
   * Takes a copy of the 32 bytes at {@code offset}.
   *
   * @throws Malformed as {@link #of(byte[])}
   * @throws IndexOutOfBoundsException if fewer than 32 bytes remain
   */
  public static PublicIdentity of(byte[] from, int offset) throws Malformed {
    if (!Strict.publicKey(from, offset)) {
      throw new Malformed("identity key not canonical or of small order");
    }
    return new PublicIdentity(Arrays.copyOfRange(from, offset, offset + KEY_BYTES));
  }

  /**
   * The id of the key at {@code offset}: BLAKE2b-256 of its 32 bytes. No check; about 0.3
   * microseconds.
   */
  public static NodeId idOf(byte[] from, int offset) {
    return NodeId.of(new Blake2b().update(from, offset, KEY_BYTES).digest(), 0);
  }

  /** The hash name. */
  public NodeId id() {
    return id;
  }

  /** The 32-byte Ed25519 public key, in an array of its own. */
  public byte[] key() {
    return key.clone();
  }

  /** Writes the 32-byte key to {@code into} at {@code offset}. */
  public void writeKey(byte[] into, int offset) {
    System.arraycopy(key, 0, into, offset, KEY_BYTES);
  }

  /**
   * Whether {@link Identity#sign} of this identity made {@code signature} for this purpose and
   * these fields. False for a signature of a wrong length, too. Costs about 70 microseconds with
   * Conscrypt: for workers, not for the loop.
   */
  public boolean verify(Crypto crypto, Purpose purpose, byte[] signature, byte[]... fields) {
    return crypto.ed25519Verify(key, purpose.signedBytes(fields), signature);
  }

  /**
   * Whether the envelope inside {@code bytes} is signed by the origin key that it carries
   * (docs/protocol/identity.md): target at {@code targetAt}, key 33 bytes behind it, payload at
   * {@code payloadAt}, signature right after the payload. The origin's id is {@code idOf(bytes,
   * targetAt + 33)}. Costs as {@link #verify}.
   *
   * @param type the frame type, which is signed too
   * @throws IndexOutOfBoundsException if the offsets reach past the array: the caller has decoded
   *     it before
   */
  public static boolean verifyEnvelope(
      Crypto crypto, int type, byte[] bytes, int targetAt, int payloadAt, int payloadLength) {
    byte[] digest = Nodenet.envelopeDigest(type, bytes, targetAt, payloadAt, payloadLength);
    return crypto.ed25519Verify(
        bytes, targetAt + Nodenet.ORIGIN_AT, payloadAt + payloadLength, digest);
  }

  /** Whether this identity signed the complete DER SubjectPublicKeyInfo of a leaf certificate. */
  boolean verifySpki(Crypto crypto, byte[] spki, byte[] signature) {
    return crypto.ed25519Verify(key, spki, signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicIdentity that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The id's 64 hex digits. */
  @Override
  public String toString() {
    return id.hex();
  }
}
