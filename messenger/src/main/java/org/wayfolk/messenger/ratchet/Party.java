package org.wayfolk.messenger.ratchet;

import org.wayfolk.identity.Crypto;

/**
 * The other device, as its certificate describes it. The caller has verified that certificate;
 * nothing here does.
 *
 * @param identity the bytes that name it, the same on both sides (card, device number, agreement
 *     key); opaque here, at most {@link #MAX_IDENTITY}; bound into every key and every message
 * @param agreement its X25519 identity key, 32 bytes
 * @param signing its Ed25519 key, 32 bytes, which signs its prekeys
 */
public record Party(byte[] identity, byte[] agreement, byte[] signing) {

  /** Card, number and key are 68 bytes; four times that leaves room. */
  public static final int MAX_IDENTITY = 256;

  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public Party {
    if (identity.length > MAX_IDENTITY
        || agreement.length != Crypto.KEY_BYTES
        || signing.length != Crypto.KEY_BYTES) {
      throw new IllegalArgumentException("length of an identity or key");
    }
  }

  /**
   * This device.
   *
   * @param identity as {@link Party#identity}, of our own
   * @param agreement the private X25519 identity key, 32 bytes
   */
  public record Own(byte[] identity, byte[] agreement) {

    /**
     * Checks lengths.
     *
     * @throws IllegalArgumentException if one is wrong
     */
    public Own {
      if (identity.length > MAX_IDENTITY || agreement.length != Crypto.KEY_BYTES) {
        throw new IllegalArgumentException("length of an identity or key");
      }
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return "Own";
    }
  }
}
