package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The end of a code, and what it stands for. Body:
 *
 * <pre>
 *   32  the inviter's confirmation
 *   ..  ChaCha20-Poly1305 of { 32 card ‖ 8 expiry }, nonce 0, bound to the id of the try, under
 *       Expand(key of both, 32, "wayfolk/1 spoken code done")
 * </pre>
 *
 * The key of both is the secret of the invitation that the guest then has; this key seals this one
 * message only, and another guest's try gives another.
 */
record CodeDone(byte[] confirmation, Card card, long expires) {
  private static final byte[] LABEL =
      "wayfolk/1 spoken code done".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZERO = new byte[Crypto.NONCE_BYTES];

  byte[] encode(byte[] key, byte[] id) {
    Crypto crypto = Crypto.best();
    byte[] plain = new Writer(Card.BYTES + Long.BYTES).bytes(card.bytes()).i64(expires).toBytes();
    byte[] sealed = crypto.seal(sealing(key), ZERO, id, plain);
    return new Writer(Pake.TAG_BYTES + sealed.length).bytes(confirmation).bytes(sealed).toBytes();
  }

  static byte[] confirmation(byte[] body) throws Malformed {
    return new Reader(body).copy(Pake.TAG_BYTES);
  }

  static CodeDone decode(byte[] body, byte[] key, byte[] id) throws Malformed {
    Reader r = new Reader(body);
    byte[] confirmation = r.copy(Pake.TAG_BYTES);
    byte[] sealed = r.copy(r.remaining());
    Reader plain = new Reader(Crypto.best().open(sealing(key), ZERO, id, sealed));
    return new CodeDone(confirmation, Card.read(plain), plain.i64());
  }

  private static byte[] sealing(byte[] key) {
    return Crypto.best().hkdfExpand(key, Crypto.KEY_BYTES, LABEL);
  }
}
