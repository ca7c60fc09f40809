package org.wayfolk.hello;

import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Work asked of a dialler under load, and its answer: type 21 (docs/protocol/hello.md 6).
 *
 * <pre>
 *   ask     acceptor -> dialler   1 ‖ the acceptor's nonce 32 ‖ effort 4
 *   answer  dialler -> acceptor   2 ‖ effort 4 ‖ solution 8
 *   effort: 1 .. 2^21
 * </pre>
 */
sealed interface ChallengeFrame {
  /** The least that is worth answering; who waits longest for how much is said anew each time. */
  record Ask(byte[] nonce, int effort) implements ChallengeFrame {}

  /** A solution, and of which effort it is. */
  record Answer(int effort, long solution) implements ChallengeFrame {}

  /**
   * Reads the payload of a type-21 frame to its end.
   *
   * @throws Malformed if it is none
   */
  static ChallengeFrame read(Reader r) throws Malformed {
    ChallengeFrame frame =
        switch (r.u8()) {
          case 1 -> new Ask(r.copy(HelloFrame.NONCE_BYTES), effort(r));
          case 2 -> new Answer(effort(r), r.i64());
          default -> throw new Malformed("unknown step of a challenge");
        };
    r.end();
    return frame;
  }

  private static int effort(Reader r) throws Malformed {
    int effort = r.u16() << 16 | r.u16();
    if (effort < 1 || effort > Effort.MOST) {
      throw new Malformed("effort");
    }
    return effort;
  }

  /** The whole frame, header included. */
  default byte[] encode() {
    Writer w = new Writer(1 + HelloFrame.NONCE_BYTES + Integer.BYTES);
    switch (this) {
      case Ask a -> w.u8(1).bytes(a.nonce()).u16(a.effort() >>> 16).u16(a.effort() & 0xffff);
      case Answer a -> w.u8(2).u16(a.effort() >>> 16).u16(a.effort() & 0xffff).i64(a.solution());
    }
    return FrameHeader.frame(FrameType.CHALLENGE, w.toBytes());
  }
}
