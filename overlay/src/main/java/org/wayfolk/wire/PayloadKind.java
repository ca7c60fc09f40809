package org.wayfolk.wire;

/**
 * What a routed payload of ours carries. Every such payload begins {@code "wayfolk" ‖ version = 1 ‖
 * kind}, nine bytes, so that the older protocol's nodes carry it like any other and nothing else is
 * taken for it.
 */
public final class PayloadKind {
  /** A sealed message. */
  public static final int MESSAGE = 1;

  /** What became of a message. */
  public static final int RECEIPT = 2;

  /** Asks for the target's record and sealing key. */
  public static final int KEY_ASK = 3;

  /** Answers a key ask. */
  public static final int KEY_ANSWER = 4;

  /** A message was sealed to a key that is gone; here is the current one. */
  public static final int REKEY = 5;

  /** Asks whoever it ends at to show itself; see docs/protocol/trace.md. */
  public static final int TRACE_ASK = 6;

  /** Answers that. */
  public static final int TRACE_LINE = 7;

  /** Bytes before the body. */
  public static final int PREFIX_BYTES = 9;

  private static final byte[] NAME = {'w', 'a', 'y', 'f', 'o', 'l', 'k'};
  private static final int VERSION = 1;

  private PayloadKind() {}

  /** Whether a room of this version handles the kind. */
  public static boolean known(int kind) {
    return kind >= MESSAGE && kind <= TRACE_LINE;
  }

  /** Writes the prefix; the body follows. */
  public static Writer write(Writer w, int kind) {
    return w.bytes(NAME).u8(VERSION).u8(kind);
  }

  /**
   * Reads the prefix and answers the kind, known or not; the body follows.
   *
   * @throws Malformed if this is no payload of ours or of another version
   */
  public static int read(Reader r) throws Malformed {
    int from = r.skip(NAME.length);
    for (int i = 0; i < NAME.length; i++) {
      if (r.array()[from + i] != NAME[i]) {
        throw new Malformed("payload without our name");
      }
    }
    if (r.u8() != VERSION) {
      throw new Malformed("payload of an unknown version");
    }
    return r.u8();
  }
}
