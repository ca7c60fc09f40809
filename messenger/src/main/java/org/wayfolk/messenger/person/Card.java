package org.wayfolk.messenger.person;

import java.util.Arrays;
import java.util.HexFormat;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * The lasting name of a person: SHA-256 over a label, their root key and the hash of the next one
 * ({@link RootClaim#card}). 32 bytes, immutable, ordered as unsigned bytes. No secret, but never
 * published: it goes to friends and to those invited.
 */
public final class Card implements Comparable<Card> {

  /** Bytes of a card. */
  public static final int BYTES = 32;

  // Enough for people to tell their friends apart by, and no more than that.
  private static final int SHORT_DIGITS = 6;

  private final byte[] bytes;

  private Card(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes a copy of 32 bytes.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Card of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a card has 32 bytes, not " + bytes.length);
    }
    return new Card(bytes.clone());
  }

  /**
   * Reads the next 32 bytes.
   *
   * @throws Malformed if fewer remain
   */
  public static Card read(Reader from) throws Malformed {
    return new Card(from.copy(BYTES));
  }

  /** The 32 bytes, in an array of their own. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first 6 hex digits; not unique. */
  public String shortHex() {
    return hex().substring(0, SHORT_DIGITS);
  }

  @Override
  public int compareTo(Card other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Card that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The short form: the whole card belongs into no log. */
  @Override
  public String toString() {
    return "Card[" + shortHex() + "]";
  }
}
