package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.ratchet.Padding;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The outside of every payload of a meeting. Padded as a whole, so that its length tells little:
 *
 * <pre>
 *   1   payload type = 1, meeting
 *   1   kind
 *   16  id: of the invitation (kinds 1 to 5), or of a try of a code (6 to 10)
 *   ..  body
 *   ..  0x80, zeros up to 256, 512, .. bytes
 * </pre>
 *
 * @param kind what the body is
 * @param id 16 bytes
 * @param body depends on the kind
 */
record Wire(Kind kind, byte[] id, byte[] body) {
  /** First byte of all of them. */
  static final int TYPE = 1;

  /** Bytes of an id. */
  static final int ID_BYTES = 16;

  /** What a body is. */
  enum Kind {
    /** M1: the guest introduces itself. */
    HELLO(1),
    /** M2: the inviter does, and gives a bundle of prekeys. */
    ANSWER(2),
    /** M3: the guest's first message of the new session. */
    CONFIRM(3),
    /** M4: the inviter's first message of the new session. */
    DONE(4),
    /** The inviter's no, instead of an answer or the end. */
    NO(5),
    /** Code: the guest's first round. */
    CODE_ASK(6),
    /** Code: the inviter's first and second round. */
    CODE_ANSWER(7),
    /** Code: the guest's second round and confirmation. */
    CODE_CONFIRM(8),
    /** Code: the inviter's confirmation, and the invitation that the code stands for. */
    CODE_DONE(9),
    /** Code: the inviter's no. */
    CODE_NO(10);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** What it is on the wire. */
    int number() {
      return number;
    }

    static Kind of(int number) throws Malformed {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new Malformed("kind of a meeting payload");
    }
  }

  /** The padded payload. */
  byte[] encode() {
    byte[] plain =
        new Writer(2 + ID_BYTES + body.length)
            .u8(TYPE)
            .u8(kind.number)
            .bytes(id)
            .bytes(body)
            .toBytes();
    return Padding.pad(plain, Padding.sizeFor(plain.length + 1));
  }

  /**
   * Reads a payload.
   *
   * @throws Malformed if its padding, type or kind is another
   */
  static Wire decode(byte[] payload) throws Malformed {
    if (payload.length > Padding.LARGEST) {
      throw new Malformed("length of a meeting payload");
    }
    Reader r = new Reader(Padding.unpad(payload));
    if (r.u8() != TYPE) {
      throw new Malformed("not of a meeting");
    }
    Kind kind = Kind.of(r.u8());
    byte[] id = r.copy(ID_BYTES);
    return new Wire(kind, id, r.copy(r.remaining()));
  }
}
