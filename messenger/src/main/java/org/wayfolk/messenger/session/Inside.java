package org.wayfolk.messenger.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What is inside every ratchet message: blocks for the other side's sessions, then the content.
 *
 * <pre>
 * flags 1      bit 0: begin, bit 1: held, bit 2: one-time prekeys, bit 3: signed prekeys,
 *              bit 4: arrived; else refused
 * begin        generation 8 ‖ last session 16 (zeros: none)
 * held         of yours 8 ‖ of mine 8
 * one-time     n 1 (1..8) ‖ n times id 4, X25519 key 32
 * signed       length 2 ‖ bundle without a one-time prekey
 * arrived      uvarint: messages of this session that the sender knows the receiver has accepted
 * content      to the end; may be empty
 * </pre>
 *
 * <p>Prekeys travel with whatever is sent anyway: what carries a content is repeated until it has
 * arrived, so they need no care of their own.
 *
 * <p>{@code arrived} finds a receiver whose disk went back: it has accepted less than it has said.
 * Without it the ratchet would just skip what was lost.
 */
record Inside(
    @Nullable Begin begin,
    @Nullable Held held,
    List<OneTimePrekey> oneTime,
    @Nullable PrekeyBundle signed,
    long arrived,
    byte[] content) {

  /** One-time prekeys that a device of a friend is given ahead. */
  static final int STOCK = 8;

  private static final int MAX_UVARINT = 10;

  /** Bytes that blocks may take besides the content. */
  static final int MAX_BLOCKS =
      1
          + Long.BYTES
          + SessionId.BYTES
          + Held.BYTES
          + 1
          + STOCK * OneTimePrekey.BYTES
          + 2
          + PrekeyBundle.MAX_BYTES
          + MAX_UVARINT;

  private static final int BEGIN = 1;
  private static final int HELD = 2;
  private static final int ONE_TIME = 4;
  private static final int SIGNED = 8;
  private static final int ARRIVED = 16;

  /** That a session begins with this message. */
  record Begin(long generation, SessionId last) {}

  byte[] encode() {
    Writer w = new Writer(MAX_BLOCKS + content.length);
    Begin b = begin;
    Held h = held;
    PrekeyBundle s = signed;
    w.u8(
        (b == null ? 0 : BEGIN)
            | (h == null ? 0 : HELD)
            | (oneTime.isEmpty() ? 0 : ONE_TIME)
            | (s == null ? 0 : SIGNED)
            | (arrived == 0 ? 0 : ARRIVED));
    if (b != null) {
      w.i64(b.generation);
      b.last.write(w);
    }
    if (h != null) {
      h.write(w);
    }
    if (!oneTime.isEmpty()) {
      w.u8(oneTime.size());
      oneTime.forEach(o -> w.i32(o.id()).bytes(o.key()));
    }
    if (s != null) {
      byte[] bytes = s.encode();
      w.u16(bytes.length).bytes(bytes);
    }
    if (arrived != 0) {
      w.uvarint(arrived);
    }
    return w.bytes(content).toBytes();
  }

  static Inside decode(byte[] plaintext) throws Malformed {
    Reader r = new Reader(plaintext);
    int flags = r.u8();
    if ((flags & ~(BEGIN | HELD | ONE_TIME | SIGNED | ARRIVED)) != 0) {
      throw new Malformed("unknown block");
    }
    Begin begin =
        (flags & BEGIN) == 0 ? null : new Begin(Frames.generation(r.i64()), SessionId.read(r));
    Held held = (flags & HELD) == 0 ? null : Held.read(r);
    List<OneTimePrekey> oneTime = (flags & ONE_TIME) == 0 ? List.of() : oneTime(r);
    PrekeyBundle signed = null;
    if ((flags & SIGNED) != 0) {
      int length = Frames.shortLength(r, PrekeyBundle.MAX_BYTES);
      signed = PrekeyBundle.decode(r.copy(length)).with(null);
    }
    long arrived = (flags & ARRIVED) == 0 ? 0 : r.uvarint();
    return new Inside(begin, held, oneTime, signed, arrived, r.copy(r.remaining()));
  }

  private static List<OneTimePrekey> oneTime(Reader r) throws Malformed {
    int count = r.u8();
    if (count < 1 || count > STOCK) {
      throw new Malformed("number of prekeys");
    }
    List<OneTimePrekey> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = r.i32();
      byte[] key = r.copy(Crypto.KEY_BYTES);
      if (id <= 0) {
        throw new Malformed("prekey id");
      }
      out.add(new OneTimePrekey(id, key));
    }
    return out;
  }
}
