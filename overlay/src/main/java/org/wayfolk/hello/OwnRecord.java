package org.wayfolk.hello;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.transport.Address;

/**
 * What this node says about itself. A record is signed whole, so there is one variant for each set
 * of addresses that may be told: a peer gets the one that fits where its packets come from
 * (docs/protocol/record.md). Owned by the loop; a variant is signed when it is first asked for,
 * about 30 microseconds, and kept.
 *
 * <p>One issue has one base sequence. The variant without narrow addresses has it, one with LAN
 * addresses the next, one with loopback addresses the one after: so whoever may know the narrower
 * variant settles on it, in whatever order they arrive, and the next issue is above all three.
 */
public final class OwnRecord {
  /** Sequences an issue uses: one for each scope. */
  private static final int STEPS = 3;

  /** Stands for a peer somewhere on the Internet: any address of global scope would do. */
  private static final Address ANYWHERE = Address.ofV4(0x0101_0101, 1);

  private final Identity identity;
  private final Network network;
  private final RecordCheck check;
  private final Map<List<Object>, PeerRecord> variants = new HashMap<>();
  private List<Address> addresses = List.of();
  private List<PeerRecord.Entry> entries = List.of();
  private byte[] sealingKeyHash = new byte[32];
  private int capabilities;
  private boolean issued;
  private boolean changed = true;
  private long base;
  private long highest;

  /**
   * The record of {@code identity} in {@code network}, without addresses, entries and sealing key
   * at first.
   */
  public OwnRecord(Identity identity, Network network) {
    this.identity = identity;
    this.network = network;
    this.check = new RecordCheck(identity.crypto(), network);
  }

  /**
   * Where we can be dialled, best first; empty if we are not dialable. What the network does not
   * publish (wildcards, port 0, loopback on main) is left out, and what passes {@link
   * PeerRecord#MAX_ADDRESSES}.
   */
  public void addresses(List<Address> dialable) {
    List<Address> fit = dialable.stream().filter(network::reachable).distinct().toList();
    List<Address> now = List.copyOf(fit.subList(0, Math.min(fit.size(), PeerRecord.MAX_ADDRESSES)));
    changed |= !now.equals(addresses);
    addresses = now;
  }

  /**
   * Nodes through which we can be reached, best first; beyond {@link PeerRecord#MAX_ENTRIES} they
   * are left out.
   */
  public void entries(List<PeerRecord.Entry> through) {
    List<PeerRecord.Entry> now =
        through.stream()
            .filter(e -> network.reachable(e.address()))
            .limit(PeerRecord.MAX_ENTRIES)
            .toList();
    changed |= !now.equals(entries);
    entries = now;
  }

  /** SHA-256 of the sealing key that others shall seal to, 32 bytes. */
  public void sealingKeyHash(byte[] hash) {
    if (hash.length != Crypto.HASH_BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + hash.length);
    }
    changed |= !java.util.Arrays.equals(hash, sealingKeyHash);
    sealingKeyHash = hash.clone();
  }

  /** Capability bits such as {@link PeerRecord#RELAY}. */
  public void capabilities(int bits) {
    changed |= bits != capabilities;
    capabilities = bits;
  }

  /** Whose record this is. */
  NodeId id() {
    return identity.id();
  }

  /**
   * Whether a record that is said to be ours is later than what we issue: we were restarted with an
   * earlier clock, or our key is used twice. Sequences that everybody refuses as too far ahead do
   * not count: following one would make us invisible. Verifies nothing.
   */
  boolean above(PeerRecord said, long nowMillis) {
    return said.id().equals(identity.id())
        && said.sequence() > highest
        && !tooFarAhead(said.sequence(), nowMillis);
  }

  /**
   * Notes a record of ours that came from others and whose signature was checked; the next issue
   * goes above it.
   *
   * @return whether there is something new to publish
   */
  public boolean seen(PeerRecord verified, long nowMillis) {
    if (!above(verified, nowMillis)) {
      return false;
    }
    highest = verified.sequence();
    changed = true;
    return true;
  }

  /**
   * Whether {@link #forPeer} would issue a new record now: something changed, or half of its life
   * has passed.
   */
  public boolean due(long nowMillis) {
    return changed || !issued || nowMillis - base >= halfLife() || tooFarAhead(base, nowMillis);
  }

  /**
   * How long until the current issue has lived half of its life, in ms; at most 0 if it is {@link
   * #due} already.
   */
  public long restMillis(long nowMillis) {
    return due(nowMillis) ? 0 : base + halfLife() - nowMillis;
  }

  /** Half of the life of what is issued, in ms: an hour with addresses, 15 days without. */
  private long halfLife() {
    boolean reachable = !addresses.isEmpty() || !entries.isEmpty();
    return (reachable ? PeerRecord.ADDRESS_LIFE_MILLIS : PeerRecord.LIFE_MILLIS) / 2;
  }

  /**
   * The current record as it may be told to a peer whose packets come from {@code remote}; issues
   * one if it is due.
   */
  public PeerRecord forPeer(Address remote, long nowMillis) {
    if (due(nowMillis)) {
      // The clock was set back: what we issued in that future counts nowhere, and neither would
      // what goes above it.
      highest = tooFarAhead(highest, nowMillis) ? nowMillis - 1 : highest;
      base = Math.max(nowMillis, highest + 1);
      highest = base + STEPS - 1;
      variants.clear();
      issued = true;
      changed = false;
    }
    List<Address> told = addresses.stream().filter(a -> network.mayTell(a, remote)).toList();
    List<PeerRecord.Entry> through =
        entries.stream().filter(e -> network.mayTell(e.address(), remote)).toList();
    return variants.computeIfAbsent(List.of(told, through), k -> issue(told, through));
  }

  private static boolean tooFarAhead(long sequence, long nowMillis) {
    return sequence > nowMillis + RecordCheck.MAX_AHEAD_MILLIS;
  }

  /**
   * The current record as anybody may have it, wherever they are: with addresses of global scope at
   * most.
   */
  public PeerRecord forAnyone(long nowMillis) {
    return forPeer(ANYWHERE, nowMillis);
  }

  private PeerRecord issue(List<Address> told, List<PeerRecord.Entry> through) {
    int step = 0;
    for (Address a : told) {
      step = Math.max(step, narrowness(a));
    }
    for (PeerRecord.Entry e : through) {
      step = Math.max(step, narrowness(e.address()));
    }
    long sequence = base + step;
    List<PeerRecord.Entry> fit = new ArrayList<>(through);
    while (bytes(told, fit) > PeerRecord.MAX_BYTES) {
      fit.removeLast(); // only with long IPv6 texts all over; the addresses themselves always fit
    }
    return check.sign(
        identity,
        new PeerRecord.Body(
            identity.publicIdentity().key(),
            sequence,
            sequence + PeerRecord.LIFE_MILLIS,
            sealingKeyHash,
            capabilities,
            told,
            fit));
  }

  private static int narrowness(Address a) {
    return switch (a.scope()) {
      case LOOPBACK -> 2;
      case LAN -> 1;
      case GLOBAL, NONE -> 0;
    };
  }

  private static int bytes(List<Address> told, List<PeerRecord.Entry> through) {
    int n = PeerRecord.FIXED_BYTES;
    for (Address a : told) {
      n += a.wireBytes();
    }
    for (PeerRecord.Entry e : through) {
      n += 32 + e.address().wireBytes();
    }
    return n;
  }
}
