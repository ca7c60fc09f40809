package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The inviter's no to somebody who has the secret. Plaintext: {@code 32 the guest's nonce ‖ 1
 * reason}.
 *
 * @param guestNonce of the hello or confirmation that it answers
 */
record No(byte[] guestNonce, Reason reason) {

  /** Why. */
  enum Reason {
    /** Somebody else has used the invitation. */
    USED(1, Trouble.Reason.USED, ""),
    /** Its time is over. */
    EXPIRED(2, Trouble.Reason.EXPIRED, ""),
    /** It was taken back. */
    CANCELLED(3, Trouble.Reason.CANCELLED, ""),
    /** The guest is the inviter. */
    OWN(4, Trouble.Reason.OWN, ""),
    /** The guest's root claim, device list or certificate does not hold. */
    NOT_PROVEN(
        5,
        Trouble.Reason.NOT_POSSIBLE,
        "the inviter cannot verify this device's certificate; look at the clocks of both"),
    /** The inviter does not know the hello that a confirmation belongs to: begin again. */
    AGAIN(6, Trouble.Reason.NOT_REACHED, "");

    private final int number;
    private final Trouble.Reason trouble;
    private final String detail;

    Reason(int number, Trouble.Reason trouble, String detail) {
      this.number = number;
      this.trouble = trouble;
      this.detail = detail;
    }

    Trouble trouble() {
      return new Trouble(trouble, detail);
    }

    private static Reason of(int number) throws Malformed {
      for (Reason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      throw new Malformed("reason of a no");
    }
  }

  byte[] encode() {
    return new Writer(Hello.NONCE_BYTES + 1).bytes(guestNonce).u8(reason.number).toBytes();
  }

  static No decode(byte[] plain) throws Malformed {
    Reader r = new Reader(plain);
    byte[] nonce = r.copy(Hello.NONCE_BYTES);
    return new No(nonce, Reason.of(r.u8()));
  }
}
