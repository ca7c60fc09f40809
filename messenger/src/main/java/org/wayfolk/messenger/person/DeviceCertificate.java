package org.wayfolk.messenger.person;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * A root's word that a device belongs to a card, for at most 90 days. Layout, {@value #BYTES}
 * bytes:
 *
 * <pre>
 *   1    version = 1
 *   32   card
 *   4    number of the device, 1 or more; never given twice
 *   8    not before, ms since the epoch
 *   8    not after, ms since the epoch
 *   224  {@link DeviceClaim}
 *   64   signature by the root, purpose "device certificate", over all of the above as one field
 * </pre>
 *
 * Decoding does not verify: {@link DeviceList#check} does. Immutable; equal if the bytes are.
 */
public final class DeviceCertificate {

  /** Bytes before the signature. */
  private static final int SIGNED = 1 + Card.BYTES + 4 + 8 + 8 + DeviceClaim.BYTES;

  /** Bytes of a certificate. */
  public static final int BYTES = SIGNED + Crypto.SIGNATURE_BYTES;

  /** A lost device is a friend's no longer after so long, even if no revocation reaches anyone. */
  public static final long MAX_LIFE_MILLIS = 90L * 24 * 3_600_000;

  /** Clocks of honest people differ by so much; the same tolerance as for records. */
  public static final long SKEW_MILLIS = 15 * 60_000L;

  private static final int VERSION = 1;

  private final byte[] bytes;
  private final Card card;
  private final int number;
  private final long notBefore;
  private final long notAfter;
  private final DeviceClaim claim;

  private DeviceCertificate(byte[] bytes) throws Malformed {
    this.bytes = bytes;
    Reader from = new Reader(bytes);
    if (from.u8() != VERSION) {
      throw new Malformed("certificate version");
    }
    card = Card.read(from);
    number = from.i32();
    notBefore = from.i64();
    notAfter = from.i64();
    claim = DeviceClaim.read(from);
    if (number < 1) {
      throw new Malformed("device number");
    }
    // The bounds keep sums of times within a long for everyone who calculates with them.
    if (notBefore < 0 || notAfter < notBefore || notAfter - notBefore > MAX_LIFE_MILLIS) {
      throw new Malformed("certificate life");
    }
  }

  /**
   * Certifies a device.
   *
   * @param number 1 or more, not given to another device of the card before
   * @param notBefore ms since the epoch
   * @param notAfter at most {@link #MAX_LIFE_MILLIS} later
   * @throws IllegalArgumentException if number or times are out of bounds
   */
  public static DeviceCertificate issue(
      RootKey root, Card card, int number, DeviceClaim claim, long notBefore, long notAfter) {
    Writer out = new Writer(BYTES);
    out.u8(VERSION).bytes(card.bytes()).i32(number).i64(notBefore).i64(notAfter);
    byte[] signed = out.bytes(claim.encode()).toBytes();
    try {
      return decode(out.bytes(root.sign(Labels.CERTIFICATE, signed)).toBytes());
    } catch (Malformed e) {
      throw new IllegalArgumentException("number or times of a certificate", e);
    }
  }

  /**
   * Reads the next {@value #BYTES} bytes.
   *
   * @throws Malformed if fewer remain, or a field is out of its bounds
   */
  public static DeviceCertificate read(Reader from) throws Malformed {
    return new DeviceCertificate(from.copy(BYTES));
  }

  /**
   * Decodes exactly {@value #BYTES} bytes.
   *
   * @throws Malformed as {@link #read}, or if more remain
   */
  public static DeviceCertificate decode(byte[] bytes) throws Malformed {
    if (bytes.length != BYTES) {
      throw new Malformed("certificate length");
    }
    return new DeviceCertificate(bytes.clone());
  }

  /** The bytes, in an array of their own. */
  public byte[] encode() {
    return bytes.clone();
  }

  /** Whose device it is. */
  public Card card() {
    return card;
  }

  /** Which of their devices: 1 or more. */
  public int number() {
    return number;
  }

  /** From when on it holds, ms since the epoch. */
  public long notBefore() {
    return notBefore;
  }

  /** Until when it holds, ms since the epoch. */
  public long notAfter() {
    return notAfter;
  }

  /** The keys of the device. */
  public DeviceClaim claim() {
    return claim;
  }

  /** The node at which the device is reached. */
  public NodeId node() {
    return claim.node();
  }

  /** Whether it holds at that time; its begin may be {@link #SKEW_MILLIS} ahead. */
  public Validity at(long now) {
    if (now > notAfter) {
      return Validity.EXPIRED;
    }
    return notBefore - SKEW_MILLIS > now ? Validity.NOT_YET : Validity.VALID;
  }

  boolean signedBy(RootClaim root) {
    byte[] signature = Arrays.copyOfRange(bytes, SIGNED, BYTES);
    return root.verify(Labels.CERTIFICATE, signature, Arrays.copyOf(bytes, SIGNED));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceCertificate that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DeviceCertificate[" + card.shortHex() + " " + number + "]";
  }

  /** Whether a certificate holds at a time. */
  public enum Validity {
    /** It holds. */
    VALID,
    /** It begins later. */
    NOT_YET,
    /** It has ended. */
    EXPIRED
  }
}
