package org.wayfolk.messenger.ratchet;

import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What the initiator of a session tells the other side, before its first ratchet message and again
 * before each one until it has opened an answer.
 *
 * <p>{@code suite 1 = 1 ‖ prekey id 4 ‖ one-time id 4 (0: none) ‖ ephemeral X25519 key 32 ‖
 * ML-KEM-768 ciphertext 1088}: {@link #BYTES} in all. It holds no secret and is not authenticated
 * by itself: an altered one gives a state that opens nothing.
 *
 * @param prekey which signed prekeys were used, above 0
 * @param oneTime which one-time prekey, or 0
 * @param ephemeral the initiator's X25519 key of this set-up
 * @param ciphertext the encapsulation to the ML-KEM prekey
 */
public record InitialMessage(int prekey, int oneTime, byte[] ephemeral, byte[] ciphertext) {

  /** Bytes of every encoded one. */
  public static final int BYTES =
      1 + 2 * Integer.BYTES + Crypto.KEY_BYTES + MlKem768.CIPHERTEXT_BYTES;

  /** The bytes, as drawn above. */
  public byte[] encode() {
    return new Writer(BYTES)
        .u8(PrekeyBundle.SUITE)
        .i32(prekey)
        .i32(oneTime)
        .bytes(ephemeral)
        .bytes(ciphertext)
        .toBytes();
  }

  /**
   * Reads one, leaving the reader behind it.
   *
   * @throws Malformed if it is cut or of another suite: there is no fall back to a lesser one
   */
  public static InitialMessage decode(Reader in) throws Malformed {
    if (in.u8() != PrekeyBundle.SUITE) {
      throw new Malformed("initial message: suite");
    }
    return new InitialMessage(
        Ids.some(in.i32()),
        Ids.orNone(in.i32()),
        in.copy(Crypto.KEY_BYTES),
        in.copy(MlKem768.CIPHERTEXT_BYTES));
  }
}
