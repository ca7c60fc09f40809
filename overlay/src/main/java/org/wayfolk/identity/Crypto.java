package org.wayfolk.identity;

import org.wayfolk.wire.Malformed;

/**
 * The primitives that everything above is built of. All arguments and results are whole arrays of
 * the stated length unless an offset is named; no method keeps or changes an array it was given; no
 * method draws randomness.
 *
 * <p>An implementation is safe for use by many threads at once, never blocks, and gives the same
 * answer as every other implementation on every input, hostile ones included. Lengths that only our
 * own code decides are checked with {@link IllegalArgumentException}; bytes that a peer decides
 * give {@code false} or {@link Malformed}.
 *
 * <p>What counts as a valid Ed25519 signature: S below the group order, A and R canonical encodings
 * of points that are not of small order, and the equation of RFC 8032 without the cofactor,
 * compared as bytes.
 */
public interface Crypto {

  /** Bytes of a SHA-256 or BLAKE2b-256 digest. */
  int HASH_BYTES = 32;

  /**
   * Bytes of every public and private key here: Ed25519 seed and public key, X25519 scalar and
   * public key.
   */
  int KEY_BYTES = 32;

  /** Bytes of an Ed25519 signature. */
  int SIGNATURE_BYTES = 64;

  /** Bytes of a ChaCha20-Poly1305 nonce. */
  int NONCE_BYTES = 12;

  /** Bytes that sealing adds: the Poly1305 tag. */
  int TAG_BYTES = 16;

  /**
   * Conscrypt where its native library loads, else Bouncy Castle. The choice is made once in a
   * process.
   */
  static Crypto best() {
    return Providers.BEST;
  }

  /**
   * The provider of that {@link #name}, for benchmarks and comparisons; programs take {@link
   * #best}.
   *
   * @throws IllegalArgumentException if there is none of that name, or it does not load here
   */
  static Crypto named(String name) {
    return Providers.named(name);
  }

  /**
   * Whether this is cryptography at all. False only for a stand-in of simulations; a node refuses
   * it on a real machine.
   */
  default boolean protects() {
    return true;
  }

  /** Which provider this is, for a status line: {@code conscrypt} or {@code bouncycastle}. */
  String name();

  /** SHA-256 (FIPS 180-4) of the parts, one after the other. */
  byte[] sha256(byte[]... parts);

  /** BLAKE2b (RFC 7693) with a digest length of 32, unkeyed, of the parts, one after the other. */
  byte[] blake2b256(byte[]... parts);

  /** HMAC-SHA-256 (RFC 2104) of the parts, one after the other. */
  byte[] hmacSha256(byte[] key, byte[]... parts);

  /** HKDF-Extract with SHA-256 (RFC 5869); an empty salt stands for 32 zero bytes. */
  byte[] hkdfExtract(byte[] salt, byte[]... keyMaterial);

  /**
   * HKDF-Expand with SHA-256 (RFC 5869).
   *
   * @param length 1 to 8160 bytes
   */
  byte[] hkdfExpand(byte[] pseudoRandomKey, int length, byte[]... info);

  /** The public key of an Ed25519 seed (RFC 8032, 5.1.5). */
  byte[] ed25519Public(byte[] seed);

  /** A signing key kept ready: its public half is derived once. The seed is copied. */
  SigningKey signingKey(byte[] seed);

  /**
   * Whether {@code signature} (64 bytes) is valid for {@code message} under {@code publicKey} (32
   * bytes); arrays of another length are simply not valid.
   */
  boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature);

  /**
   * The same, with key and signature inside a larger array: what a received envelope is.
   *
   * @throws IndexOutOfBoundsException if key or signature would reach past the array
   */
  boolean ed25519Verify(byte[] from, int keyAt, int signatureAt, byte[] message);

  /** The public key of an X25519 scalar, which is clamped on use (RFC 7748, 5). */
  byte[] x25519Public(byte[] scalar);

  /**
   * The shared secret of an X25519 scalar and a peer's public key.
   *
   * @throws Malformed if the peer's key has another length or small order, so that the secret would
   *     be all zero
   */
  byte[] x25519Agree(byte[] scalar, byte[] peer) throws Malformed;

  /**
   * ChaCha20-Poly1305 (RFC 8439): ciphertext, then the 16-byte tag. The caller never repeats a
   * nonce under a key.
   */
  byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext);

  /**
   * Opens what {@link #seal} made: {@code length} bytes at {@code at} of {@code sealed}, the tag
   * included.
   *
   * @throws Malformed if it is shorter than a tag or was not made by this key, nonce and associated
   *     data
   */
  byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed;

  /** {@link #open(byte[], byte[], byte[], byte[], int, int)} of a whole array. */
  default byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed) throws Malformed {
    return open(key, nonce, aad, sealed, 0, sealed.length);
  }

  /**
   * One Ed25519 private key. Not for use outside code that has put a domain label before the
   * message: see {@link Identity#sign}. Safe for many threads, except that {@link #close} must come
   * last.
   */
  interface SigningKey extends AutoCloseable {

    /** The 32-byte public key, in an array of its own. */
    byte[] publicKey();

    /** The 64-byte signature of {@code message} (RFC 8032, deterministic). */
    byte[] sign(byte[] message);

    /** Overwrites what can be overwritten of the private key. */
    @Override
    void close();
  }
}
