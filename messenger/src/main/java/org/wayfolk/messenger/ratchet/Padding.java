package org.wayfolk.messenger.ratchet;

import java.util.Arrays;
import org.wayfolk.wire.Malformed;

/**
 * Lengths that tell little: a whole messenger payload is 256 B, 512 B, .. 32 KiB, or 49,152 B.
 *
 * <p>Inside the seal the plaintext is followed by 0x80 and zeros up to the wanted size (ISO/IEC
 * 7816-4).
 */
public final class Padding {

  /** The smallest whole payload, in bytes. */
  public static final int SMALLEST = 256;

  /** The largest whole payload, in bytes: 48 KiB. */
  public static final int LARGEST = 48 * 1024;

  private static final int LARGEST_POWER = 32 * 1024;
  private static final byte MARK = (byte) 0x80;

  private Padding() {}

  /**
   * The size that a payload of that many bytes is padded to.
   *
   * @throws IllegalArgumentException if {@code bytes} is more than {@link #LARGEST}
   */
  public static int sizeFor(int bytes) {
    if (bytes > LARGEST) {
      throw new IllegalArgumentException("payload of " + bytes + " bytes");
    }
    if (bytes > LARGEST_POWER) {
      return LARGEST;
    }
    return bytes <= SMALLEST ? SMALLEST : Integer.highestOneBit(bytes - 1) << 1;
  }

  /**
   * The longest plaintext that {@link Ratchet#seal} takes.
   *
   * @param around bytes that the caller puts around the sealed payload: its type byte, an initial
   *     message
   * @param refresh whether room is left for the key or ciphertext of a refresh, which a header may
   *     carry at any time: true wherever the length is decided before the sealing
   */
  public static int capacity(int around, boolean refresh) {
    return LARGEST - around - Ratchet.OVERHEAD - (refresh ? Header.MAX_EXTENSION : 0);
  }

  /**
   * The plaintext, 0x80, zeros: {@code length} bytes in all.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public static byte[] pad(byte[] plaintext, int length) {
    if (plaintext.length >= length) {
      throw new IllegalArgumentException("no room for the padding");
    }
    byte[] out = Arrays.copyOf(plaintext, length);
    out[plaintext.length] = MARK;
    return out;
  }

  /**
   * What {@link #pad} was given.
   *
   * @throws Malformed if there is no mark with zeros behind it
   */
  public static byte[] unpad(byte[] padded) throws Malformed {
    int at = padded.length - 1;
    while (at >= 0 && padded[at] == 0) {
      at--;
    }
    if (at < 0 || padded[at] != MARK) {
      throw new Malformed("padding");
    }
    return Arrays.copyOf(padded, at);
  }
}
