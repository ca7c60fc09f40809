package org.wayfolk.routing;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * A view of the signed envelope that routed frames carry, over a borrowed array. Shared with
 * nodenet byte for byte (docs/protocol/envelope.md):
 *
 * <pre>
 *   offset  size   field                           signed   changes in transit
 *   0       32     target id                       yes      no
 *   32      1      ttl                             no       each forwarder lowers it
 *   33      32     origin's Ed25519 public key     yes      no
 *   65      8      sent, Unix ns, signed           yes      no
 *   73      1..    uvarint n &lt;= 3, ids to avoid    no       no
 *   +1      32 n   ids to avoid                    no       no
 *   ..      1..    uvarint payload length          no       no
 *   ..      ..     payload                         yes      no
 *   ..      64     Ed25519 signature               -        no
 * </pre>
 *
 * The signature covers the frame type too. A view verifies nothing. Reusable by {@link #over};
 * allocates nothing; not for use by several threads at once, and dead once the array is given away.
 */
public final class Envelope {
  /**
   * Where a fresh copy's ttl begins: links it may cross. The 10^8 model needs 9; twice that leaves
   * room for detours.
   */
  public static final int MAX_TTL = 16;

  /** Ids a copy may ask forwarders to avoid; nodenet's limit. */
  public static final int MAX_AVOID = 3;

  /** Bytes of an envelope with no payload and nothing to avoid. */
  public static final int MIN_BYTES = 139;

  /** Index of the ttl. */
  public static final int TTL_AT = 32;

  /** Index of the origin's key. */
  public static final int KEY_AT = 33;

  /** Bytes of the origin's key. */
  public static final int KEY_BYTES = 32;

  /** Bytes of the signature. */
  public static final int SIGNATURE_BYTES = 64;

  private static final int AVOID_COUNT_AT = 73;

  private final Reader reader = new Reader(new byte[0]);
  private byte[] array = new byte[MIN_BYTES];
  private int start;
  private int avoid;
  private int avoidAt;
  private int payloadAt;
  private int payloadLength;
  private long a;
  private long b;
  private long c;
  private long d;
  private long sent;

  /**
   * Points this view at an envelope of exactly {@code length} bytes.
   *
   * @throws Malformed if it is none, or bytes follow its signature; the view must then not be read
   */
  public void over(byte[] bytes, int offset, int length) throws Malformed {
    reader.reset(bytes, offset, length);
    array = bytes;
    start = offset;
    a = reader.i64();
    b = reader.i64();
    c = reader.i64();
    d = reader.i64();
    reader.skip(1 + KEY_BYTES);
    sent = reader.i64();
    avoid = reader.count(MAX_AVOID);
    avoidAt = reader.skip(avoid * NodeId.BYTES);
    payloadLength = reader.count(FrameHeader.MAX_PAYLOAD);
    payloadAt = reader.skip(payloadLength);
    reader.skip(SIGNATURE_BYTES);
    reader.end();
  }

  /** A word of the target, 0..3, most significant first. */
  public long targetWord(int i) {
    return switch (i) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      default -> d;
    };
  }

  /** Whether the target is {@code id}. */
  public boolean isFor(NodeId id) {
    return a == id.a() && b == id.b() && c == id.c() && d == id.d();
  }

  /** The target, as a new value. */
  public NodeId target() {
    return new NodeId(a, b, c, d);
  }

  /** Index of the target in the array, which is where the envelope begins. */
  public int start() {
    return start;
  }

  /** The array it lies in. */
  public byte[] array() {
    return array;
  }

  /** The ttl, 0..255. */
  public int ttl() {
    return array[start + TTL_AT] & 0xff;
  }

  /** Writes the ttl in place. */
  public void ttl(int ttl) {
    array[start + TTL_AT] = (byte) ttl;
  }

  /** Index of the origin's Ed25519 key in the array. */
  public int keyAt() {
    return start + KEY_AT;
  }

  /** The origin's key, copied. */
  public byte[] key() {
    return Arrays.copyOfRange(array, keyAt(), keyAt() + KEY_BYTES);
  }

  /** When the origin says it sent this, Unix nanoseconds. */
  public long sentNanos() {
    return sent;
  }

  /** When the origin says it sent this, Unix milliseconds, rounded down. */
  public long sentMillis() {
    return Math.floorDiv(sent, 1_000_000L);
  }

  /** How many ids this copy asks to avoid, 0..3. */
  public int avoidCount() {
    return avoid;
  }

  /** Index of the first id to avoid in the array. */
  public int avoidAt() {
    return avoidAt;
  }

  /** Index of the payload in the array. */
  public int payloadAt() {
    return payloadAt;
  }

  /** Bytes of payload. */
  public int payloadLength() {
    return payloadLength;
  }

  /** The payload, copied. */
  public byte[] payload() {
    return Arrays.copyOfRange(array, payloadAt, payloadAt + payloadLength);
  }

  /** Index of the signature in the array. */
  public int signatureAt() {
    return payloadAt + payloadLength;
  }

  /** The signature, copied. */
  public byte[] signature() {
    return Arrays.copyOfRange(array, signatureAt(), signatureAt() + SIGNATURE_BYTES);
  }

  /** Bytes of an envelope with a payload of that length and nothing to avoid. */
  public static int bytes(int payloadLength) {
    return MIN_BYTES - 1 + Writer.uvarintLength(payloadLength) + payloadLength;
  }

  /**
   * A whole frame with an envelope that avoids nothing and whose ttl is {@link #MAX_TTL}.
   *
   * @param type frame type, which the signature must cover too
   * @param key the origin's Ed25519 public key, 32 bytes
   * @param sentNanos Unix nanoseconds
   * @param signature 64 bytes; see {@link #sign} for one that is made here
   */
  public static byte[] frame(
      int type, NodeId target, byte[] key, long sentNanos, byte[] payload, byte[] signature) {
    if (key.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
      throw new IllegalArgumentException("key of 32 and signature of 64 bytes");
    }
    int length = bytes(payload.length);
    Writer w = new Writer(FrameHeader.bytes(length) + length);
    FrameHeader.write(w, type, length);
    w.nodeId(target).u8(MAX_TTL).bytes(key).i64(sentNanos);
    return w.uvarint(0).prefixed(payload).bytes(signature).toBytes();
  }

  /**
   * Makes the signature of an envelope that lies in {@code array}; {@code Identity::signEnvelope}
   * is one.
   */
  @FunctionalInterface
  public interface Signer {
    /** The 64-byte signature by the key that the envelope names as its origin's. */
    byte[] sign(int type, byte[] array, int targetAt, int payloadAt, int payloadLength);
  }

  /**
   * A whole signed frame, as {@link #frame}. For the loop only where few are made: signing takes
   * about 30 microseconds.
   */
  public static byte[] sign(
      int type, NodeId target, byte[] key, long sentNanos, byte[] payload, Signer signer) {
    byte[] frame = frame(type, target, key, sentNanos, payload, new byte[SIGNATURE_BYTES]);
    int start = FrameHeader.bytes(bytes(payload.length));
    int signatureAt = frame.length - SIGNATURE_BYTES;
    byte[] s = signer.sign(type, frame, start, signatureAt - payload.length, payload.length);
    System.arraycopy(s, 0, frame, signatureAt, SIGNATURE_BYTES);
    return frame;
  }

  /**
   * Lets a frame of ours end early: whoever it reaches after so many nodes finds its ttl used up.
   * The signature does not cover it.
   *
   * @param frame as {@link #sign} made it, with a payload of {@code payloadLength} bytes
   * @param nodes 0 to {@link #MAX_TTL}
   */
  public static void endsAfter(byte[] frame, int payloadLength, int nodes) {
    frame[frame.length - bytes(payloadLength) + TTL_AT] = (byte) nodes;
  }

  /**
   * Bytes that {@link #writeAvoiding} takes for a frame whose envelope has {@code envelopeLength}
   * bytes.
   */
  static int avoidingBytes(int envelopeLength, int count) {
    int length = envelopeLength + count * NodeId.BYTES;
    return FrameHeader.bytes(length) + length;
  }

  /**
   * Writes the frame that {@code this} is a view into, with {@code count} ids to avoid instead of
   * none. The signature stays good: it does not cover them.
   *
   * @param length bytes of the envelope
   */
  void writeAvoiding(Writer w, int type, int length, NodeId[] ids, int count) {
    if (avoid != 0) {
      throw new IllegalStateException("this envelope avoids somebody already");
    }
    FrameHeader.write(w, type, length + count * NodeId.BYTES);
    w.bytes(array, start, AVOID_COUNT_AT).uvarint(count);
    for (int i = 0; i < count; i++) {
      w.nodeId(ids[i]);
    }
    w.bytes(array, avoidAt, start + length - avoidAt);
  }
}
