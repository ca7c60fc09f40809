package org.wayfolk.messenger.ratchet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;

/**
 * One side of a session between two devices: immutable, moved on by {@link Ratchet}. Safe for many
 * threads; but a message is sealed from the newest state only, which its owner sees to.
 *
 * <p>Old states are not wiped: they are garbage as soon as nobody holds them. What matters is the
 * disk, where the store writes zeros over what it deletes.
 */
public final class RatchetState {

  /** Bytes of {@link #session}. */
  public static final int SESSION_BYTES = 16;

  // The names of Signal's specification, section 4: binding = AD, root = RK, own = DHs, peer = DHr,
  // sending = HKs, CKs, Ns; receiving = HKr, CKr, Nr; previous = PN; nextSending = NHKs;
  // nextReceiving = NHKr; skipped = MKSKIPPED.
  final byte[] binding;
  final byte[] root;

  /** Null while the next one is due: it is made by the first message that is sealed with it. */
  final @Nullable RatchetPair own;

  /** Null at the accepting side until its first message is opened. */
  final byte @Nullable [] peer;

  final @Nullable Chain sending;
  final @Nullable Chain receiving;
  final byte[] nextSending;
  final byte[] nextReceiving;
  final int previous;
  final Refresh refresh;
  final SkippedKeys skipped;

  /** An X25519 ratchet key pair. */
  record RatchetPair(byte[] scalar, byte[] key) {

    @Override
    public String toString() {
      return "RatchetPair"; // nothing secret
    }
  }

  /** A symmetric chain: its header key, its chain key, and the number of its next message. */
  record Chain(byte[] header, byte[] key, int next) {

    @Override
    public String toString() {
      return "Chain[next=" + next + "]"; // nothing secret
    }
  }

  RatchetState(Draft draft) {
    binding = draft.binding;
    root = draft.root;
    own = draft.own;
    peer = draft.peer;
    sending = draft.sending;
    receiving = draft.receiving;
    nextSending = draft.nextSending;
    nextReceiving = draft.nextReceiving;
    previous = draft.previous;
    refresh = draft.refresh;
    skipped = draft.skipped;
  }

  /**
   * The name of the session, 16 bytes, the same on both sides and of no other session. It is a hash
   * of public values: no secret.
   */
  public byte[] session() {
    return Arrays.copyOf(binding, SESSION_BYTES);
  }

  /**
   * Whether this side may seal. False only at the accepting side, until it has opened a message.
   */
  public boolean maySeal() {
    return peer != null;
  }

  /**
   * Whether a message of the other side has been opened in this session: the initiator needs to
   * send its {@link InitialMessage} no more.
   */
  public boolean heard() {
    return receiving != null;
  }

  /** Keys kept for messages that were passed over: at most 2,000. */
  public int skippedKeys() {
    return skipped.entries().size();
  }

  /**
   * The bytes for the store, of a version of their own; about 370, and 41 more for each skipped
   * key, 1.2 KB more while a refresh is under way. Secret: to be sealed by the vault.
   */
  public byte[] encode() {
    return StateCodec.encode(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws Malformed if it is of another version or damaged
   */
  public static RatchetState decode(byte[] bytes) throws Malformed {
    return StateCodec.decode(bytes);
  }

  /** Nothing secret. */
  @Override
  public String toString() {
    return "RatchetState";
  }
}
