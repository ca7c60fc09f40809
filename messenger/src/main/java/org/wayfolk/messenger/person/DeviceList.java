package org.wayfolk.messenger.person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * All devices of a person, as their root says at one time. A device that is not in the newest list
 * is nobody's. Layout, at most {@value #MAX_BYTES} bytes:
 *
 * <pre>
 *   1   version = 1
 *   32  card
 *   8   sequence: ms since the epoch when it was signed
 *   1   n, 1..8
 *   ..  n {@link DeviceCertificate}s, by rising number
 *   1   r, 0..64
 *   ..  r numbers of revoked devices, 4 bytes each, rising
 *   64  signature by the root, purpose "device list", over all of the above as one field
 * </pre>
 *
 * Decoding does not verify: {@link #check} does. Immutable; equal if the bytes are.
 */
public final class DeviceList {

  /** Every message is sealed once for each; enough for a person's screens. */
  public static final int MAX_DEVICES = 8;

  /** A new device every month for five years; older numbers fall out of the list. */
  public static final int MAX_REVOKED = 64;

  private static final int FIXED = 1 + Card.BYTES + 8 + 1 + 1 + Crypto.SIGNATURE_BYTES;

  /** Bytes of the longest list. */
  public static final int MAX_BYTES =
      FIXED + MAX_DEVICES * DeviceCertificate.BYTES + MAX_REVOKED * Integer.BYTES;

  private static final int VERSION = 1;

  private final byte[] bytes;
  private final Card card;
  private final long sequence;
  private final List<DeviceCertificate> devices;
  private final List<Integer> revoked;

  private DeviceList(byte[] bytes) throws Malformed {
    this.bytes = bytes;
    Reader from = new Reader(bytes);
    if (from.u8() != VERSION) {
      throw new Malformed("device list version");
    }
    card = Card.read(from);
    sequence = from.i64();
    if (sequence < 0) {
      throw new Malformed("device list sequence");
    }
    devices = readDevices(from);
    revoked = readRevoked(from);
    from.skip(Crypto.SIGNATURE_BYTES);
    from.end();
  }

  private static List<DeviceCertificate> readDevices(Reader from) throws Malformed {
    int count = from.u8();
    if (count < 1 || count > MAX_DEVICES) {
      throw new Malformed("number of devices");
    }
    List<DeviceCertificate> out = new ArrayList<>(count);
    int last = 0;
    for (int i = 0; i < count; i++) {
      DeviceCertificate device = DeviceCertificate.read(from);
      if (device.number() <= last) {
        throw new Malformed("order of devices");
      }
      last = device.number();
      out.add(device);
    }
    return List.copyOf(out);
  }

  private static List<Integer> readRevoked(Reader from) throws Malformed {
    int count = from.u8();
    if (count > MAX_REVOKED) {
      throw new Malformed("number of revoked devices");
    }
    List<Integer> out = new ArrayList<>(count);
    int last = 0;
    for (int i = 0; i < count; i++) {
      int number = from.i32();
      if (number <= last) {
        throw new Malformed("order of revoked devices");
      }
      last = number;
      out.add(number);
    }
    return List.copyOf(out);
  }

  /**
   * Signs a list.
   *
   * @param sequence ms since the epoch, above that of every earlier list of the card
   * @param devices 1 to 8, with different numbers, in any order
   * @param revoked up to 64 numbers, none of a listed device; with more, the highest stay
   * @throws IllegalArgumentException if devices or numbers are out of bounds
   */
  public static DeviceList issue(
      RootKey root,
      Card card,
      long sequence,
      List<DeviceCertificate> devices,
      Set<Integer> revoked) {
    List<DeviceCertificate> sorted = new ArrayList<>(devices);
    sorted.sort(Comparator.comparingInt(DeviceCertificate::number));
    List<Integer> numbers = revoked.stream().sorted().toList();
    numbers = numbers.subList(Math.max(0, numbers.size() - MAX_REVOKED), numbers.size());
    if (sorted.size() > MAX_DEVICES) {
      throw new IllegalArgumentException("more than 8 devices");
    }
    Writer out = new Writer(MAX_BYTES);
    out.u8(VERSION).bytes(card.bytes()).i64(sequence).u8(sorted.size());
    sorted.forEach(device -> out.bytes(device.encode()));
    out.u8(numbers.size());
    numbers.forEach(out::i32);
    byte[] signed = out.toBytes();
    try {
      return decode(out.bytes(root.sign(Labels.LIST, signed)).toBytes());
    } catch (Malformed e) {
      throw new IllegalArgumentException("devices or numbers of a device list", e);
    }
  }

  /**
   * Decodes a whole list.
   *
   * @throws Malformed if it is longer than {@value #MAX_BYTES} bytes, or a field is out of its
   *     bounds or order
   */
  public static DeviceList decode(byte[] bytes) throws Malformed {
    if (bytes.length > MAX_BYTES) {
      throw new Malformed("device list length");
    }
    return new DeviceList(bytes.clone());
  }

  /** The bytes, in an array of their own. */
  public byte[] encode() {
    return bytes.clone();
  }

  /** Whose devices they are. */
  public Card card() {
    return card;
  }

  /** ms since the epoch when it was signed; the higher one is the newer list. */
  public long sequence() {
    return sequence;
  }

  /** All devices, by rising number; some may have expired. */
  public List<DeviceCertificate> devices() {
    return devices;
  }

  /** The devices whose certificate holds at that time. */
  public List<DeviceCertificate> devices(long now) {
    return devices.stream()
        .filter(device -> device.at(now) == DeviceCertificate.Validity.VALID)
        .toList();
  }

  /** The device of that number. */
  public Optional<DeviceCertificate> device(int number) {
    return devices.stream().filter(device -> device.number() == number).findFirst();
  }

  /** The device that is reached at that node. */
  public Optional<DeviceCertificate> device(NodeId node) {
    return devices.stream().filter(device -> device.node().equals(node)).findFirst();
  }

  /** Numbers of devices that are no longer, rising. */
  public List<Integer> revoked() {
    return revoked;
  }

  /**
   * SHA-256 over a label and everything but the signature, 32 bytes: what each message names, so
   * that friends notice two lists of one sequence.
   */
  public byte[] hash() {
    return Labels.CRYPTO.sha256(Labels.LIST_HASH, signedPart());
  }

  /**
   * Whether this list may be believed of the person of that claim. Up to 25 signature checks, some
   * 2 ms: not for each message.
   */
  public Verdict check(RootClaim claim, long now) {
    if (!card.equals(claim.card())) {
      return Verdict.WRONG_CARD;
    }
    byte[] signature = Arrays.copyOfRange(bytes, signedBytes(), bytes.length);
    if (!claim.verify(Labels.LIST, signature, signedPart())) {
      return Verdict.BAD_SIGNATURE;
    }
    if (sequence - DeviceCertificate.SKEW_MILLIS > now) {
      return Verdict.FROM_THE_FUTURE;
    }
    Verdict inside = checkDevices(claim);
    return inside == Verdict.VALID ? checkTimes(now) : inside;
  }

  private Verdict checkDevices(RootClaim claim) {
    Set<Object> seen = new HashSet<>();
    for (DeviceCertificate device : devices) {
      DeviceClaim keys = device.claim();
      boolean fresh =
          seen.add(keys.node())
              && seen.add(List.of("device", NodeId.of(keys.deviceKey())))
              && seen.add(List.of("agreement", NodeId.of(keys.agreementKey())));
      if (!fresh || revoked.contains(device.number())) {
        return Verdict.CONTRADICTION;
      }
      if (!device.card().equals(card) || !device.signedBy(claim)) {
        return Verdict.BAD_CERTIFICATE;
      }
      if (!keys.provenFor(card)) {
        return Verdict.DEVICE_NOT_PROVEN;
      }
    }
    return Verdict.VALID;
  }

  private Verdict checkTimes(long now) {
    if (!devices(now).isEmpty()) {
      return Verdict.VALID;
    }
    boolean later = devices.stream().anyMatch(d -> d.at(now) == DeviceCertificate.Validity.NOT_YET);
    return later ? Verdict.NOT_YET_VALID : Verdict.EXPIRED;
  }

  private int signedBytes() {
    return bytes.length - Crypto.SIGNATURE_BYTES;
  }

  private byte[] signedPart() {
    return Arrays.copyOf(bytes, signedBytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceList that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DeviceList[" + card.shortHex() + " " + sequence + " " + devices.size() + "]";
  }

  /** What a check of a device list found. */
  public enum Verdict {
    /** It may be believed, and at least one device's certificate holds now. */
    VALID("is right"),
    /** It is of another person. */
    WRONG_CARD("belongs to another person"),
    /** The root did not sign it. */
    BAD_SIGNATURE("was not signed by this person"),
    /** The root did not sign one of its certificates, or that is of another card. */
    BAD_CERTIFICATE("names a device that this person did not certify"),
    /** A device or its node did not agree to belong to the card. */
    DEVICE_NOT_PROVEN("names a device that did not agree to it"),
    /** Two devices have a key in common, or a listed device is revoked in the same list. */
    CONTRADICTION("contradicts itself"),
    /** It was signed more than {@link DeviceCertificate#SKEW_MILLIS} from now. */
    FROM_THE_FUTURE("was signed later than now: a clock, theirs or yours, is wrong"),
    /** No certificate holds now, and one begins later. */
    NOT_YET_VALID("is not valid yet: a clock, theirs or yours, is wrong"),
    /** Every certificate has ended. */
    EXPIRED("has expired: that person has to start their program, which renews it");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** What is so, to be read behind "the list of devices". */
    public String words() {
      return words;
    }
  }
}
