package org.wayfolk.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * The profile key at work: seals values into the row where they lie, and makes the tags by which
 * sealed values can be looked up. Any thread.
 *
 * <p>Sealed: version (1), nonce (24, random), XChaCha20-Poly1305 ciphertext, tag (16): {@value
 * #OVERHEAD} bytes more than the plaintext. Bound to it: place, row and version, each with its
 * length before it, so that nobody with a pen can move a value to another row or column.
 *
 * <p>A tag tells whoever reads the disk that two rows hold the same value, nothing more.
 */
public final class Vault {

  /** Bytes that sealing adds. */
  public static final int OVERHEAD = 1 + XChaCha.NONCE + XChaCha.TAG;

  /** Bytes of a tag: two different values of one file meet in one tag with chance 2^-64 at 2^32. */
  public static final int TAG = 16;

  private static final byte VERSION = 1;

  private final byte[] sealing;
  private final Mac tagging;
  private final RandomGenerator random;
  private volatile boolean wiped;

  Vault(byte[] profileKey, RandomGenerator random) {
    this.sealing = Keyed32.of(profileKey, "wayfolk store 1 sealing");
    byte[] tagKey = Keyed32.of(profileKey, "wayfolk store 1 tags");
    this.tagging = Keyed32.mac(tagKey);
    Arrays.fill(tagKey, (byte) 0);
    this.random = random;
  }

  /**
   * Seals a value.
   *
   * @param place where it lies, for ever: {@code "table.column"}
   * @param row which row: {@link #row(long)}, or any bytes that name the row and never change
   */
  public byte[] seal(String place, byte[] row, byte[] plain) {
    checkKey();
    byte[] nonce = new byte[XChaCha.NONCE];
    synchronized (random) {
      random.nextBytes(nonce);
    }
    byte[] sealed = new byte[plain.length + OVERHEAD];
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, nonce.length);
    XChaCha.seal(sealing, nonce, bound(place, row), plain, sealed, 1 + nonce.length);
    return sealed;
  }

  /**
   * Opens a value.
   *
   * @throws Damaged if it was altered, moved from another place or row, or is under another key
   */
  public byte[] open(String place, byte[] row, byte[] sealed) {
    checkKey();
    if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
      throw new Damaged("not a sealed value: " + place);
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + XChaCha.NONCE);
    byte[] plain = XChaCha.open(sealing, nonce, bound(place, row), sealed, 1 + XChaCha.NONCE);
    if (plain == null) {
      throw new Damaged("altered, moved, or of another key: " + place);
    }
    return plain;
  }

  /**
   * Keyed lookup: equal values of one kind have equal tags, in this file only. HMAC-SHA-256 under a
   * key of its own, cut to {@value #TAG} bytes.
   *
   * @param kind what the value is, for ever: {@code "table.column"}
   * @param value one or more parts; {@code ("ab","c")} and {@code ("a","bc")} differ
   */
  public byte[] tag(String kind, byte[]... value) {
    checkKey();
    Mac mac = copy(tagging);
    byte[] name = bytes(kind);
    mac.update(length(name.length));
    mac.update(name);
    for (byte[] part : value) {
      mac.update(length(part.length));
      mac.update(part);
    }
    return Arrays.copyOf(mac.doFinal(), TAG);
  }

  /** A row number as the bytes that {@link #seal} binds. */
  public static byte[] row(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** After this every call fails: the key is gone from here. */
  void wipe() {
    wiped = true;
    Arrays.fill(sealing, (byte) 0);
    tagging.reset();
  }

  private void checkKey() {
    if (wiped) {
      throw new IllegalStateException("locked: this vault's key is gone; ask the store again");
    }
  }

  private static byte[] bound(String place, byte[] row) {
    byte[] name = bytes(place);
    return ByteBuffer.allocate(4 + name.length + 4 + row.length + 4 + 1)
        .putInt(name.length)
        .put(name)
        .putInt(row.length)
        .put(row)
        .putInt(1)
        .put(VERSION)
        .array();
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A keyed copy costs a tenth of a new one. */
  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
