package org.wayfolk.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What a node says about itself, signed, at most {@value #MAX_BYTES} bytes. Layout
 * (docs/protocol/record.md):
 *
 * <pre>
 *   1   version = 1
 *   32  Ed25519 public key
 *   8   sequence: issue time, ms since the epoch
 *   8   expiry: ms since the epoch
 *   32  SHA-256 of the current sealing key
 *   4   capabilities
 *   ..  uvarint n &lt;= 4, n addresses                     (only if dialable)
 *   ..  uvarint n &lt;= 3, n entry nodes: 32 id, address
 *   64  Ed25519 signature, purpose "record", over the network id and all of the above
 * </pre>
 *
 * Decoding does not verify: whoever stores, dials or passes a record on checks {@link #signedPart}
 * and {@link #signature} first. Instances are equal when their bytes are.
 */
public final class PeerRecord {
  /**
   * Fits a Found answer of 20 records into a fifth of a record's worth of link buffer, and one UDP
   * packet each.
   */
  public static final int MAX_BYTES = 600;

  /** IPv4 and IPv6, inside and outside. */
  public static final int MAX_ADDRESSES = 4;

  /** Enough to reach the node from different regions of the keyspace. */
  public static final int MAX_ENTRIES = 3;

  /** Capability bit: relays for others. */
  public static final int RELAY = 1;

  /**
   * Capability bit: carries nothing for others, for its user's consent to carry does not reach so
   * far, or not any further today. Whoever is linked to it routes to it and never through it.
   */
  public static final int CARRIES_NOTHING = 2;

  // Bits 2 and 3 are the cost class: Cost.

  /** A record lives at most 30 days after its issue. */
  public static final long LIFE_MILLIS = 30L * 24 * 3_600_000;

  /**
   * Its addresses and entry nodes live 2 hours: an address changes its owner sooner than a key
   * does.
   */
  public static final long ADDRESS_LIFE_MILLIS = 2 * 3_600_000L;

  /**
   * Bytes of a record without addresses and entry nodes, its two counts and the signature included.
   */
  public static final int FIXED_BYTES = 1 + 32 + 8 + 8 + 32 + 4 + 1 + 1 + 64;

  private static final int VERSION = 1;
  private static final int SIGNATURE = 64;

  private final NodeId id;
  private final byte[] bytes;
  private final long sequence;
  private final long expiry;
  private final int capabilities;
  private final List<Address> addresses;
  private final List<Entry> entries;

  /** A node through which another can be reached. */
  public record Entry(NodeId id, Address address) {}

  /**
   * What a record says, before it is signed.
   *
   * @param key Ed25519 public key, 32 bytes
   * @param sequence issue time, ms since the epoch
   * @param expiry ms since the epoch
   * @param sealingKeyHash SHA-256 of the current sealing key, 32 bytes
   * @param capabilities bits such as {@link #RELAY}
   * @param addresses where the node can be dialled, at most {@link #MAX_ADDRESSES}; empty if it is
   *     not dialable
   * @param entries nodes through which it can be reached, at most {@link #MAX_ENTRIES}
   */
  public record Body(
      byte[] key,
      long sequence,
      long expiry,
      byte[] sealingKeyHash,
      int capabilities,
      List<Address> addresses,
      List<Entry> entries) {

    /** The bytes that are signed; a signature of 64 bytes behind them makes a record. */
    public byte[] encode() {
      Writer w = new Writer(MAX_BYTES);
      w.u8(VERSION).bytes(key).i64(sequence).i64(expiry).bytes(sealingKeyHash).i32(capabilities);
      w.uvarint(addresses.size());
      for (Address a : addresses) {
        a.write(w);
      }
      w.uvarint(entries.size());
      for (Entry e : entries) {
        w.nodeId(e.id());
        e.address().write(w);
      }
      if (w.length() > MAX_BYTES - SIGNATURE) {
        throw new IllegalArgumentException(
            "record of " + w.length() + " bytes before its signature");
      }
      return w.toBytes();
    }
  }

  private PeerRecord(byte[] bytes, Reader r, Function<byte[], NodeId> idOf) throws Malformed {
    this.bytes = bytes;
    if (r.u8() != VERSION) {
      throw new Malformed("record of an unknown version");
    }
    id = idOf.apply(r.copy(32));
    sequence = r.i64();
    expiry = r.i64();
    r.skip(32);
    capabilities = r.i32();
    int n = r.count(MAX_ADDRESSES);
    List<Address> a = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      a.add(Address.read(r));
    }
    addresses = List.copyOf(a);
    n = r.count(MAX_ENTRIES);
    List<Entry> e = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      e.add(new Entry(r.nodeId(), Address.read(r)));
    }
    entries = List.copyOf(e);
    r.skip(SIGNATURE);
    r.end();
  }

  /**
   * Reads a record from all of {@code bytes}, which it keeps. Verifies nothing.
   *
   * @param idOf the node id of an Ed25519 public key
   * @throws Malformed if the bytes are no record
   */
  public static PeerRecord decode(byte[] bytes, Function<byte[], NodeId> idOf) throws Malformed {
    if (bytes.length > MAX_BYTES) {
      throw new Malformed("record too long");
    }
    return new PeerRecord(bytes, new Reader(bytes), idOf);
  }

  /** Whose record this is: the hash of its key. */
  public NodeId id() {
    return id;
  }

  /** The node's Ed25519 public key, 32 bytes, copied. */
  public byte[] key() {
    return Arrays.copyOfRange(bytes, 1, 33);
  }

  /** Issue time, ms since the epoch; of two records of one node the higher wins. */
  public long sequence() {
    return sequence;
  }

  /** When it ends, ms since the epoch. */
  public long expiry() {
    return expiry;
  }

  /**
   * When its addresses and entry nodes end, ms since the epoch: 2 hours after its issue, or with
   * the record. Ended addresses are dial hints for whoever holds them and are not passed on.
   */
  public long addressesEnd() {
    // An issue time near the end of a long does not wrap: no valid record has one, but this is
    // asked of any.
    long end = sequence + ADDRESS_LIFE_MILLIS;
    return end < sequence ? expiry : Math.min(expiry, end);
  }

  /** SHA-256 of the node's current sealing key, copied. */
  public byte[] sealingKeyHash() {
    return Arrays.copyOfRange(bytes, 49, 81);
  }

  /** Capability bits. */
  public int capabilities() {
    return capabilities;
  }

  /** Whether it carries for others: {@link #CARRIES_NOTHING} is not set. */
  public boolean carries() {
    return (capabilities & CARRIES_NOTHING) == 0;
  }

  /** What it costs its user to be asked. */
  public Cost cost() {
    return Cost.of(capabilities);
  }

  /** Where the node can be dialled; empty if it is not dialable. */
  public List<Address> addresses() {
    return addresses;
  }

  /** Nodes through which it can be reached. */
  public List<Entry> entries() {
    return entries;
  }

  /** The bytes that its signature covers, copied. */
  public byte[] signedPart() {
    return Arrays.copyOf(bytes, bytes.length - SIGNATURE);
  }

  /** Its signature, copied. */
  public byte[] signature() {
    return Arrays.copyOfRange(bytes, bytes.length - SIGNATURE, bytes.length);
  }

  /** The whole record as it travels; do not modify. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Whether this record replaces {@code other} of the same node: later sequence, or the same
   * sequence and the smaller bytes, so that all nodes settle on one of two that were signed at the
   * same instant.
   */
  public boolean replaces(PeerRecord other) {
    if (sequence != other.sequence) {
      return sequence > other.sequence;
    }
    return Arrays.compareUnsigned(bytes, other.bytes) < 0;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof PeerRecord r && Arrays.equals(bytes, r.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "record " + id.shortHex() + " sequence=" + sequence + " at " + addresses;
  }
}
