package org.wayfolk.messenger.ratchet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.messenger.ratchet.RatchetState.Chain;
import org.wayfolk.messenger.ratchet.RatchetState.RatchetPair;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The stored form of a state.
 *
 * <pre>
 * version 1 = 1 ‖ has 1 ‖ binding 32 ‖ root 32 ‖ next sending header key 32 ‖ next receiving 32
 * ‖ uvarint previous ‖ mixed at 8 ‖ uvarint messages since
 * [0x01 own       ratchet scalar 32 ‖ key 32]
 * [0x02 peer      ratchet key 32]
 * [0x04 sending   header key 32 ‖ chain key 32 ‖ uvarint next]
 * [0x08 receiving header key 32 ‖ chain key 32 ‖ uvarint next]
 * [0x10 our offer seed 64 ‖ uvarint first number]
 * [0x20 peer's offer 1184]
 * [0x40 ciphertext 1088]
 * ‖ uvarint chains × (header key 32 ‖ uvarint count × (uvarint number ‖ at 8 ‖ message key 32))
 * </pre>
 *
 * <p>Nobody but us writes it, but a disk can be damaged: what does not decode is {@link Malformed},
 * and no length is believed before its limit is checked.
 */
final class StateCodec {

  private static final int VERSION = 1;
  private static final int KEY = Crypto.KEY_BYTES;
  private static final int OWN = 0x01;
  private static final int PEER = 0x02;
  private static final int SENDING = 0x04;
  private static final int RECEIVING = 0x08;
  private static final int OFFER = 0x10;
  private static final int PEER_OFFER = 0x20;
  private static final int CIPHERTEXT = 0x40;
  private static final int UVARINT = 5; // the longest of an int
  private static final int MOST =
      2
          + 11 * KEY
          + Long.BYTES
          + 6 * UVARINT
          + MlKem768.SEED_BYTES
          + MlKem768.PUBLIC_BYTES
          + MlKem768.CIPHERTEXT_BYTES;
  private static final int ENTRY = UVARINT + Long.BYTES + KEY;

  private StateCodec() {}

  static byte[] encode(RatchetState state) {
    List<SkippedKeys.Entry> skipped = state.skipped.entries();
    Writer out = new Writer(MOST + skipped.size() * (ENTRY + KEY + UVARINT));
    out.u8(VERSION).u8(has(state));
    out.bytes(state.binding).bytes(state.root).bytes(state.nextSending).bytes(state.nextReceiving);
    Refresh refresh = state.refresh;
    out.uvarint(state.previous).i64(refresh.mixedAt()).uvarint(refresh.since());
    if (state.own != null) {
      out.bytes(state.own.scalar()).bytes(state.own.key());
    }
    bytes(out, state.peer);
    chain(out, state.sending);
    chain(out, state.receiving);
    if (refresh.offer() != null) {
      out.bytes(refresh.offer()).uvarint(refresh.offerFrom());
    }
    bytes(out, refresh.peerOffer());
    bytes(out, refresh.ciphertext());
    skipped(out, skipped);
    return out.toBytes();
  }

  private static int has(RatchetState state) {
    return (state.own == null ? 0 : OWN)
        | (state.peer == null ? 0 : PEER)
        | (state.sending == null ? 0 : SENDING)
        | (state.receiving == null ? 0 : RECEIVING)
        | (state.refresh.offer() == null ? 0 : OFFER)
        | (state.refresh.peerOffer() == null ? 0 : PEER_OFFER)
        | (state.refresh.ciphertext() == null ? 0 : CIPHERTEXT);
  }

  private static void bytes(Writer out, byte @Nullable [] value) {
    if (value != null) {
      out.bytes(value);
    }
  }

  private static void chain(Writer out, @Nullable Chain chain) {
    if (chain != null) {
      out.bytes(chain.header()).bytes(chain.key()).uvarint(chain.next());
    }
  }

  private static void skipped(Writer out, List<SkippedKeys.Entry> entries) {
    List<List<SkippedKeys.Entry>> chains = new ArrayList<>();
    for (SkippedKeys.Entry entry : entries) {
      if (chains.isEmpty() || !entry.of(chains.getLast().getLast().header())) {
        chains.add(new ArrayList<>());
      }
      chains.getLast().add(entry);
    }
    out.uvarint(chains.size());
    for (List<SkippedKeys.Entry> chain : chains) {
      out.bytes(chain.getFirst().header()).uvarint(chain.size());
      for (SkippedKeys.Entry entry : chain) {
        out.uvarint(entry.number()).i64(entry.at()).bytes(entry.messageKey());
      }
    }
  }

  static RatchetState decode(byte[] bytes) throws Malformed {
    Reader in = new Reader(bytes);
    if (in.u8() != VERSION) {
      throw new Malformed("ratchet state: version");
    }
    int has = in.u8();
    byte[] binding = in.copy(KEY);
    byte[] root = in.copy(KEY);
    byte[] nextSending = in.copy(KEY);
    byte[] nextReceiving = in.copy(KEY);
    int previous = number(in);
    long mixedAt = in.i64();
    int since = number(in);
    RatchetPair own = has(has, OWN) ? new RatchetPair(in.copy(KEY), in.copy(KEY)) : null;
    byte[] peer = optional(in, has, PEER, KEY);
    Chain sending = has(has, SENDING) ? chain(in) : null;
    Chain receiving = has(has, RECEIVING) ? chain(in) : null;
    byte[] offer = optional(in, has, OFFER, MlKem768.SEED_BYTES);
    int offerFrom = offer == null ? 0 : number(in);
    byte[] peerOffer = optional(in, has, PEER_OFFER, MlKem768.PUBLIC_BYTES);
    byte[] ciphertext = optional(in, has, CIPHERTEXT, MlKem768.CIPHERTEXT_BYTES);
    check(has);
    Refresh refresh = new Refresh(mixedAt, since, offer, offerFrom, peerOffer, ciphertext);
    Draft draft = new Draft(binding, root, nextSending, nextReceiving, refresh);
    draft.own = own;
    draft.peer = peer;
    draft.sending = sending;
    draft.receiving = receiving;
    draft.previous = previous;
    draft.skipped = skipped(in);
    in.end();
    return draft.freeze();
  }

  // A sending chain has its key pair and somebody to send to; who has no key pair has a peer to
  // answer.
  private static void check(int has) throws Malformed {
    boolean chainAlone = has(has, SENDING) && (!has(has, OWN) || !has(has, PEER));
    boolean nothing = !has(has, OWN) && !has(has, PEER);
    boolean early = has(has, RECEIVING) && !has(has, PEER);
    boolean loose = !has(has, SENDING) && (has(has, OFFER) || has(has, CIPHERTEXT));
    if (has > 0x7f || chainAlone || nothing || early || loose) {
      throw new Malformed("ratchet state: parts");
    }
  }

  private static boolean has(int has, int part) {
    return (has & part) != 0;
  }

  private static byte @Nullable [] optional(Reader in, int has, int part, int length)
      throws Malformed {
    return has(has, part) ? in.copy(length) : null;
  }

  private static Chain chain(Reader in) throws Malformed {
    return new Chain(in.copy(KEY), in.copy(KEY), number(in));
  }

  private static int number(Reader in) throws Malformed {
    return in.count(Integer.MAX_VALUE);
  }

  private static SkippedKeys skipped(Reader in) throws Malformed {
    int chains = in.count(SkippedKeys.MAX_CHAINS);
    List<SkippedKeys.Entry> entries = new ArrayList<>();
    for (int i = 0; i < chains; i++) {
      byte[] header = in.copy(KEY);
      int count = in.count(SkippedKeys.MAX_KEYS - entries.size());
      for (int k = 0; k < count; k++) {
        int number = number(in);
        long at = in.i64();
        entries.add(new SkippedKeys.Entry(header, number, in.copy(KEY), at));
      }
    }
    return new SkippedKeys(entries);
  }
}
