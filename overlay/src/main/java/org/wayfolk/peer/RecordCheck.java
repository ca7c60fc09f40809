package org.wayfolk.peer;

import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.wire.Malformed;

/**
 * Decides whether a peer record counts in one network, and makes our own. Immutable; any thread.
 * Everything but the signature is cheap; the signature costs about 70 microseconds and belongs on a
 * worker.
 */
public final class RecordCheck {
  /**
   * Domain of a record's signature: fields are the network id and the bytes before the signature.
   */
  public static final Purpose PURPOSE = new Purpose("record");

  /**
   * How far in the future a record may have been issued: what honest clocks differ by (security.md
   * 9).
   */
  public static final long MAX_AHEAD_MILLIS = 15 * 60_000L;

  /** Why a record does not count. In the order they are tested. */
  public enum Refusal {
    /** The bytes are no record. */
    MALFORMED,
    /** The id has fewer leading zero bits than the network asks. */
    WORK,
    /** Issued later than now and 15 minutes. */
    FUTURE,
    /** Its expiry is past, or before its own issue. */
    EXPIRED,
    /** Its expiry is more than 30 days after its issue. */
    TOO_LONG_LIVED,
    /** Its own key did not sign it, or not for this network. */
    SIGNATURE
  }

  /** What came of a check. */
  public sealed interface Verdict {
    /** It counts. */
    record Valid(PeerRecord record) implements Verdict {}

    /** It does not. */
    record Refused(Refusal why) implements Verdict {}
  }

  private final Crypto crypto;
  private final Network network;
  private final byte[] networkId;

  /** A check for records of {@code network}. */
  public RecordCheck(Crypto crypto, Network network) {
    this.crypto = crypto;
    this.network = network;
    this.networkId = network.id();
  }

  /** Reads a record from all of {@code bytes}, which it keeps; verifies nothing. Cheap. */
  public static PeerRecord decode(byte[] bytes) throws Malformed {
    return PeerRecord.decode(bytes, key -> PublicIdentity.idOf(key, 0));
  }

  /** The same by one clock. */
  public Verdict check(byte[] bytes, long nowMillis) {
    return check(bytes, nowMillis, nowMillis);
  }

  /**
   * Everything, from bytes that a stranger sent; they are kept. For workers.
   *
   * @param nowMillis our clock, by which records end
   * @param networkMillis the time that most of the network has, by which they begin
   */
  public Verdict check(byte[] bytes, long nowMillis, long networkMillis) {
    PeerRecord record;
    try {
      record = decode(bytes);
    } catch (Malformed e) {
      return new Verdict.Refused(Refusal.MALFORMED);
    }
    Refusal why = refusal(record, nowMillis, networkMillis);
    return why == null ? new Verdict.Valid(record) : new Verdict.Refused(why);
  }

  /** Why a decoded record does not count, or null if it does. For workers. */
  public @Nullable Refusal refusal(PeerRecord record, long nowMillis) {
    return refusal(record, nowMillis, nowMillis);
  }

  /** The same by two clocks, see {@link #check(byte[], long, long)}. */
  public @Nullable Refusal refusal(PeerRecord record, long nowMillis, long networkMillis) {
    Refusal why = cheapRefusal(record, nowMillis, networkMillis);
    return why != null || signed(record) ? why : Refusal.SIGNATURE;
  }

  /** The same without the signature, which must be checked later. For the loop. */
  public @Nullable Refusal cheapRefusal(PeerRecord record, long nowMillis) {
    return cheapRefusal(record, nowMillis, nowMillis);
  }

  /** The same by two clocks, see {@link #check(byte[], long, long)}. */
  public @Nullable Refusal cheapRefusal(PeerRecord record, long nowMillis, long networkMillis) {
    if (record.id().leadingZeros() < network.difficulty()) {
      return Refusal.WORK;
    }
    // Compared without adding to a peer's numbers: those may stand at the ends of a long.
    if (record.sequence() > networkMillis + MAX_AHEAD_MILLIS) {
      return Refusal.FUTURE;
    }
    if (record.sequence() < 0
        || record.expiry() <= nowMillis
        || record.expiry() <= record.sequence()) {
      return Refusal.EXPIRED;
    }
    return record.expiry() - record.sequence() > PeerRecord.LIFE_MILLIS
        ? Refusal.TOO_LONG_LIVED
        : null;
  }

  /** Whether a record's own key signed it for this network. For workers. */
  public boolean signed(PeerRecord record) {
    byte[] key = record.key();
    try {
      return PublicIdentity.of(key)
          .verify(crypto, PURPOSE, record.signature(), networkId, record.signedPart());
    } catch (Malformed e) {
      return false;
    }
  }

  /**
   * Signs a record of our own. About 30 microseconds.
   *
   * @throws IllegalArgumentException if the body names another key or is too long
   */
  public PeerRecord sign(Identity identity, PeerRecord.Body body) {
    byte[] part = body.encode();
    byte[] signature = identity.sign(PURPOSE, networkId, part);
    byte[] bytes = java.util.Arrays.copyOf(part, part.length + signature.length);
    System.arraycopy(signature, 0, bytes, part.length, signature.length);
    try {
      PeerRecord record = decode(bytes);
      if (!record.id().equals(identity.id())) {
        throw new IllegalArgumentException("a record of another key");
      }
      return record;
    } catch (Malformed e) {
      throw new IllegalArgumentException("what we encode, we decode", e);
    }
  }
}
