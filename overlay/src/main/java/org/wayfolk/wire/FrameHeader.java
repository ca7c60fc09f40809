package org.wayfolk.wire;

/**
 * The frame layer: {@code version(1) type(1) uvarint(length) payload}. Shared with nodenet; see
 * docs/protocol/link.md.
 *
 * <pre>
 *   offset  size   field
 *   0       1      version = 1
 *   1       1      type
 *   2       1..10  uvarint payload length L, at most 1 MiB
 *   2+w     L      payload
 * </pre>
 *
 * Bytes after the payload are ignored and travel on untouched with a forwarded frame.
 */
public final class FrameHeader {
  /** The only version there is. */
  public static final int VERSION = 1;

  /** Largest record a link carries, header included: what both implementations buffer per link. */
  public static final int MAX_RECORD = 65_536;

  /**
   * Largest payload length the codec accepts: consensus with nodenet, larger than any record can
   * hold.
   */
  public static final int MAX_PAYLOAD = 1_048_576;

  /** Longest header we write: two bytes and a three-byte length. */
  public static final int MAX_BYTES = 5;

  private FrameHeader() {}

  /** Bytes of the header we write before a payload of {@code length}. */
  public static int bytes(int length) {
    return 2 + Writer.uvarintLength(length);
  }

  /** Writes a header; the payload follows at the writer's position. */
  public static void write(Writer w, int type, int length) {
    w.u8(VERSION).u8(type).uvarint(length);
  }

  /** A whole frame in an array of its own; for rare frames and tests. */
  public static byte[] frame(int type, byte[] payload) {
    Writer w = new Writer(bytes(payload.length) + payload.length);
    write(w, type, payload.length);
    return w.bytes(payload).toBytes();
  }

  /**
   * Reads the header at the reader's position, narrows the reader to the payload and answers the
   * type.
   *
   * @throws Malformed if the version is another, the length passes 1 MiB or what is there
   */
  public static int read(Reader r) throws Malformed {
    if (r.u8() != VERSION) {
      throw new Malformed("unsupported version");
    }
    int type = r.u8();
    int length = r.count(MAX_PAYLOAD);
    if (length > r.remaining()) {
      throw new Malformed("truncated");
    }
    r.reset(r.array(), r.position(), length);
    return type;
  }
}
