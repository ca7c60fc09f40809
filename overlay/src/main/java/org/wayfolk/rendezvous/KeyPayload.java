package org.wayfolk.rendezvous;

import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The three payloads of this room, behind their prefix (docs/protocol/sealing.md):
 *
 * <pre>
 *   key ask     16  nonce
 *
 *   key answer  16  nonce of the ask
 *               ..  offer
 *
 *   rekey       8   id of the key that is not ours
 *               ..  offer
 *
 *   offer       1   suite
 *               ..  uvarint length, sealing key
 *               ..  uvarint length, peer record whose sealing key hash is that of the key
 * </pre>
 */
final class KeyPayload {
  /** Too many to be guessed within the seconds an ask lives. */
  static final int NONCE_BYTES = 16;

  /** The longest sealing key there is: X-Wing's. */
  private static final int MAX_KEY = 1_216;

  private static final int MAX_BYTES =
      PayloadKind.PREFIX_BYTES + NONCE_BYTES + 1 + 2 + MAX_KEY + 2 + PeerRecord.MAX_BYTES;

  /** What names an ask among those under way. */
  record Nonce(long high, long low) {}

  /** A key and the record that vouches for it. Nothing verified. */
  record Offer(int suite, byte[] key, byte[] record) {
    void write(Writer w) {
      w.u8(suite).prefixed(key).prefixed(record);
    }

    static Offer read(Reader r) throws Malformed {
      Offer o = new Offer(r.u8(), r.copyPrefixed(MAX_KEY), r.copyPrefixed(PeerRecord.MAX_BYTES));
      r.end();
      return o;
    }
  }

  /** A key answer, decoded. */
  record KeyAnswer(Nonce nonce, Offer offer) {}

  /** A rekey, decoded. */
  record Rekey(byte[] unknownKeyId, Offer offer) {}

  private KeyPayload() {}

  static byte[] ask(Nonce nonce) {
    Writer w = new Writer(PayloadKind.PREFIX_BYTES + NONCE_BYTES);
    return PayloadKind.write(w, PayloadKind.KEY_ASK).i64(nonce.high).i64(nonce.low).toBytes();
  }

  static Nonce readAsk(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    Nonce n = new Nonce(r.i64(), r.i64());
    r.end();
    return n;
  }

  static byte[] answer(Nonce nonce, Offer offer) {
    Writer w = PayloadKind.write(new Writer(MAX_BYTES), PayloadKind.KEY_ANSWER);
    offer.write(w.i64(nonce.high).i64(nonce.low));
    return w.toBytes();
  }

  static KeyAnswer readAnswer(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    return new KeyAnswer(new Nonce(r.i64(), r.i64()), Offer.read(r));
  }

  static byte[] rekey(byte[] unknownKeyId, Offer offer) {
    if (unknownKeyId.length != SealingKeyPair.ID_BYTES) {
      throw new IllegalArgumentException("a key id has " + SealingKeyPair.ID_BYTES + " bytes");
    }
    Writer w = PayloadKind.write(new Writer(MAX_BYTES), PayloadKind.REKEY);
    offer.write(w.bytes(unknownKeyId));
    return w.toBytes();
  }

  static Rekey readRekey(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    return new Rekey(r.copy(SealingKeyPair.ID_BYTES), Offer.read(r));
  }

  /** Whether this version seals in that suite: the hybrid waits until both ends offer it. */
  static boolean supported(int suite) {
    return suite == HpkeSuite.X25519.code();
  }
}
