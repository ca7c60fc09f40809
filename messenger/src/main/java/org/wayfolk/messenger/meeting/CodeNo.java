package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * The inviter's no to a try of a code. Body: {@code 1 reason ‖ 1 tries left}. Nothing but the
 * sender's NodeId vouches for it: the two have no key yet.
 */
record CodeNo(Reason reason, int left) {

  /** Why. */
  enum Reason {
    /** The words were wrong; this try was counted. */
    WRONG(1),
    /** No tries are left. */
    GONE(2),
    /** Its ten minutes are over, or its invitation was used or taken back. */
    EXPIRED(3),
    /** The try is not known any more: begin another, which costs one. */
    AGAIN(4);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    private static Reason of(int number) throws Malformed {
      for (Reason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      throw new Malformed("reason of a no to a code");
    }
  }

  byte[] encode() {
    return new byte[] {(byte) reason.number, (byte) left};
  }

  static CodeNo decode(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    Reason reason = Reason.of(r.u8());
    int left = r.u8();
    if (left > CodeDesk.TRIES) {
      throw new Malformed("tries left of a code");
    }
    return new CodeNo(reason, left);
  }

  Trouble trouble() {
    return switch (reason) {
      case WRONG -> new Trouble(Trouble.Reason.WRONG_CODE, Integer.toString(left));
      case GONE -> new Trouble(Trouble.Reason.TOO_MANY_TRIES);
      case EXPIRED -> new Trouble(Trouble.Reason.EXPIRED);
      case AGAIN -> new Trouble(Trouble.Reason.NOT_REACHED);
    };
  }
}
