package org.wayfolk.messenger.meeting;

import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * M3 and M4: a payload of the new session, and to which exchange it belongs. Plaintext: {@code 32
 * guest's nonce ‖ 32 inviter's nonce ‖ the session's payload to the end}.
 */
record Confirm(byte[] guestNonce, byte[] inviterNonce, byte[] payload) {
  byte[] encode() {
    return new Writer(2 * Hello.NONCE_BYTES + payload.length)
        .bytes(guestNonce)
        .bytes(inviterNonce)
        .bytes(payload)
        .toBytes();
  }

  static Confirm decode(byte[] plain) throws Malformed {
    Reader r = new Reader(plain);
    return new Confirm(r.copy(Hello.NONCE_BYTES), r.copy(Hello.NONCE_BYTES), r.copy(r.remaining()));
  }
}
