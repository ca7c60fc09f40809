package org.wayfolk.identity;

import java.util.Arrays;
import org.wayfolk.wire.Malformed;

/**
 * One end of an HPKE conversation in one direction (RFC 9180, 5.2 and 5.3): the sender seals, the
 * receiver opens in the same order, both export the same secrets. Made by {@link HpkeSuite#sender}
 * and {@link HpkeSuite#receiver}. For one thread.
 */
public final class HpkeContext implements AutoCloseable {

  // RFC 9180 allows 2^96 - 1; a count of messages that nobody reaches, so that the nonce fits a
  // long.
  private static final long MAX_SEQUENCE = Long.MAX_VALUE;

  private static final int MODE_BASE = 0;
  private static final byte[] EMPTY = {};

  private final Crypto crypto;
  private final LabeledHkdf hkdf;
  private final byte[] enc;
  private final byte[] key;
  private final byte[] baseNonce;
  private final byte[] exporter;
  private final boolean sender;
  private long sequence;

  private HpkeContext(LabeledHkdf hkdf, byte[] enc, byte[] secret, byte[] info, boolean sender) {
    this.crypto = hkdf.crypto();
    this.hkdf = hkdf;
    this.enc = enc;
    this.sender = sender;
    byte[] mode = {MODE_BASE};
    byte[] noPsk = hkdf.extract(EMPTY, "psk_id_hash", EMPTY);
    byte[] infoHash = hkdf.extract(EMPTY, "info_hash", info);
    byte[] schedule = hkdf.extract(secret, "secret", EMPTY);
    key = hkdf.expand(schedule, "key", Crypto.KEY_BYTES, mode, noPsk, infoHash);
    baseNonce = hkdf.expand(schedule, "base_nonce", Crypto.NONCE_BYTES, mode, noPsk, infoHash);
    exporter = hkdf.expand(schedule, "exp", Crypto.HASH_BYTES, mode, noPsk, infoHash);
    Arrays.fill(schedule, (byte) 0);
    Arrays.fill(secret, (byte) 0);
  }

  static HpkeContext create(
      Crypto crypto, HpkeSuite suite, HpkeSuite.Encapsulated shared, byte[] info, boolean sender) {
    LabeledHkdf hkdf = new LabeledHkdf(crypto, suite.suiteId());
    return new HpkeContext(hkdf, shared.enc().clone(), shared.secret(), info, sender);
  }

  /** The encapsulated key, which the sender sends before its first ciphertext. */
  public byte[] enc() {
    return enc.clone();
  }

  /**
   * Seals the next message: ciphertext and 16-byte tag.
   *
   * @throws IllegalStateException on a receiver's context
   */
  public byte[] seal(byte[] aad, byte[] plaintext) {
    if (!sender) {
      throw new IllegalStateException("a receiver does not seal");
    }
    byte[] sealed = crypto.seal(key, nonce(), aad, plaintext);
    advance();
    return sealed;
  }

  /**
   * Opens the next message. One that does not open leaves the context where it was.
   *
   * @throws Malformed if it is not the next message of the sender, unchanged, with the same
   *     associated data
   * @throws IllegalStateException on a sender's context
   */
  public byte[] open(byte[] aad, byte[] sealed) throws Malformed {
    return open(aad, sealed, 0, sealed.length);
  }

  /** {@link #open(byte[], byte[])} of {@code length} bytes at {@code at}. */
  public byte[] open(byte[] aad, byte[] sealed, int at, int length) throws Malformed {
    if (sender) {
      throw new IllegalStateException("a sender does not open");
    }
    byte[] opened = crypto.open(key, nonce(), aad, sealed, at, length);
    advance();
    return opened;
  }

  /**
   * A secret of 1 to 8160 bytes that only the two ends know, bound to {@code context}; the same at
   * both at any time.
   */
  public byte[] export(byte[] context, int length) {
    return hkdf.expand(exporter, "sec", length, context);
  }

  private byte[] nonce() {
    byte[] nonce = baseNonce.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (sequence >>> (8 * i));
    }
    return nonce;
  }

  private void advance() {
    if (sequence == MAX_SEQUENCE) {
      throw new IllegalStateException("no nonce left");
    }
    sequence++;
  }

  /** Overwrites the secrets of this context. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(baseNonce, (byte) 0);
    Arrays.fill(exporter, (byte) 0);
  }

  /** Which end this is, and nothing secret. */
  @Override
  public String toString() {
    return sender ? "HpkeContext[sender]" : "HpkeContext[receiver]";
  }
}
