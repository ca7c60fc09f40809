package org.wayfolk.node;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.ProofOfWork;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Defence;
import org.wayfolk.routing.Carried;
import org.wayfolk.routing.CarrySettings;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.Malformed;

/** Puts a {@link Node} together. Not thread-safe; each builder starts one node. */
public final class NodeBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBuilder.class);

  /**
   * Connections above {@link #maxInbound}: a full node still lets in its 16 nearest and lets as
   * many newcomers look around, so that who comes late is not locked out.
   */
  private static final int HEADROOM = 32;

  private final Identity identity;
  private Network network = Network.main();
  private @Nullable Transport transport;
  private final List<Peer> joins = new ArrayList<>();
  private Dialable dialable = Dialable.AUTO;
  private Supplier<List<Address>> interfaces = List::of;
  private int maxInbound = Transport.Limits.DEFAULT.maxInbound();
  private int maxInboundPerAddress = Transport.Limits.DEFAULT.maxInboundPerIp();
  private Predicate<NodeId> admitLinks = peer -> true;
  private Predicate<NodeId> admitSenders = peer -> true;
  private PeerCache cache = PeerCache.NONE;
  private SealingStore sealing = SealingStore.NONE;
  private Set<NodeId> keep = Set.of();

  private boolean answersTraces = true;
  private Cost cost = Cost.MAINS;
  private CarrySettings carry = CarrySettings.DEFAULT;
  private final Set<Defence> without = EnumSet.noneOf(Defence.class);

  NodeBuilder(Identity identity) {
    this.identity = identity;
  }

  /** The network to be part of; {@link Network#main()} unless said. */
  public NodeBuilder network(Network value) {
    network = value;
    return this;
  }

  /** The transport; the node starts and closes it. Required. */
  public NodeBuilder transport(Transport value) {
    transport = value;
    return this;
  }

  /** A node to begin with; its address is required. Zero or more. */
  public NodeBuilder join(Peer peer) {
    if (peer.address() == null) {
      throw new IllegalArgumentException(
          "to join through " + peer.id() + " its address is needed: ID@IP:PORT");
    }
    joins.add(peer);
    return this;
  }

  /** Whether others are told where to dial this node; {@link Dialable#AUTO} unless said. */
  public NodeBuilder dialable(Dialable value) {
    dialable = value;
    return this;
  }

  /**
   * The addresses of this machine's interfaces, asked when bound to a wildcard; none unless said.
   */
  public NodeBuilder interfaces(Supplier<List<Address>> value) {
    interfaces = value;
    return this;
  }

  /**
   * Most links that others dialled and that are kept; the 16 nearest come on top. 0 takes none, and
   * the node still dials. Default 256.
   */
  public NodeBuilder maxInbound(int value) {
    maxInbound = atLeastZero(value, "maxInbound");
    return this;
  }

  /** Most links dialled from one IP address. Default 32. */
  public NodeBuilder maxInboundPerAddress(int value) {
    maxInboundPerAddress = atLeastZero(value, "maxInboundPerAddress");
    return this;
  }

  /**
   * Most bytes that this node carries for others a day, by the host's clock; 0 is nothing, {@link
   * Carried#NO_LIMIT} the default. See {@link Node#carry}.
   */
  public NodeBuilder carry(long bytesPerDay) {
    carry = new CarrySettings(bytesPerDay, carry.zone(), carry.before(), carry.beforeMillis());
    return this;
  }

  /**
   * What it costs this node's user that it is there for others; {@link Cost#MAINS} unless said. A
   * {@link Cost#METERED} node publishes no address, whatever {@link #dialable} says.
   */
  public NodeBuilder cost(Cost value) {
    cost = value;
    return this;
  }

  /**
   * Whether this node answers when somebody traces a way that leads through it or to it; it does
   * unless said. It never tells of links to peers that {@link Node#watch} names.
   */
  public NodeBuilder answerTraces(boolean value) {
    answersTraces = value;
    return this;
  }

  /** Whose midnight ends such a day; UTC unless said. */
  public NodeBuilder carryZone(ZoneId zone) {
    carry = new CarrySettings(carry.perDay(), zone, carry.before(), carry.beforeMillis());
    return this;
  }

  /**
   * What an earlier run carried, and when, ms since the epoch: counts on if that was today, so that
   * a restart is no new day. Unless said: nothing.
   */
  public NodeBuilder carriedBefore(long bytes, long whenMillis) {
    carry = new CarrySettings(carry.perDay(), carry.zone(), bytes, whenMillis);
    return this;
  }

  /**
   * Who may be a neighbour; everybody unless said. Called on the loop: must be quick and must not
   * block.
   */
  public NodeBuilder admitLinks(Predicate<NodeId> value) {
    admitLinks = value;
    return this;
  }

  /**
   * Whose messages are taken and answered; everybody's unless said. Called on the loop: must be
   * quick.
   */
  public NodeBuilder admitSenders(Predicate<NodeId> value) {
    admitSenders = value;
    return this;
  }

  /** Peers that stay neighbours, as {@link Node#keep} says; nobody unless said. */
  public NodeBuilder keep(Collection<NodeId> peers) {
    keep = Set.copyOf(peers);
    return this;
  }

  /** Where known peers are kept across restarts; nowhere unless said. */
  public NodeBuilder peerCache(PeerCache value) {
    cache = value;
    return this;
  }

  /**
   * Where the sealing keys are kept across restarts; nowhere unless said, then senders must ask
   * anew.
   */
  public NodeBuilder sealingStore(SealingStore value) {
    sealing = value;
    return this;
  }

  /** For proofs: shows what an attack does without these. Never for a node that somebody uses. */
  public NodeBuilder without(Defence... defences) {
    without.addAll(List.of(defences));
    return this;
  }

  /**
   * Binds, starts the loop and begins to join. Returns once the socket is bound, whatever peers do.
   *
   * @throws IOException if the address cannot be bound
   * @throws IllegalArgumentException if the identity lacks the network's proof of work, or its
   *     crypto protects nothing and the machine is a real one
   * @throws IllegalStateException without a transport
   */
  public Node start() throws IOException {
    Transport t = transport;
    if (t == null) {
      throw new IllegalStateException("a node needs a transport");
    }
    if (!ProofOfWork.satisfies(identity.id(), network.difficulty())) {
      throw new IllegalArgumentException(
          "this identity has too little work for network "
              + network.name()
              + ": mint one with difficulty "
              + network.difficulty());
    }
    if (!identity.crypto().protects() && !t.host().simulated()) {
      throw new IllegalArgumentException(
          identity.crypto().name() + " protects nothing: it is for simulated machines only");
    }
    Counters counters = new Counters();
    Loop loop = new Loop(identity.id(), t, counters);
    Rooms rooms = new Rooms(this, kept(t.host()), t.host(), loop);
    Dialable told = maxInbound == 0 ? Dialable.NO : dialable;
    Supplier<List<Address>> introduced =
        () -> told.introduced(network, t.bound(), interfaces.get());
    Node.Parts parts = new Node.Parts(counters, loop, rooms, introduced);
    Node node = new Node(identity, network, t, parts);
    t.start(rooms.credentials(), limits(), loop);
    rooms.bound(dialable.published(network, t.bound(), interfaces.get()));
    loop.start(rooms);
    loop.call(() -> {
      rooms.keep(keep);
      rooms.begin(joins);
    });
    return node;
  }

  /** What earlier runs left, and a current sealing key on disk before anybody is told of it. */
  private Rooms.Kept kept(Host host) {
    Crypto crypto = identity.crypto();
    SealingKeys keys = new SealingKeys(crypto);
    byte[] stored = sealing.load();
    if (stored != null) {
      try {
        keys = SealingKeys.decode(crypto, stored);
      } catch (Malformed e) {
        sealing.damaged();
        LOG.warn("sealing keys unreadable, making new ones node={}", identity.id().shortHex());
      } finally {
        Arrays.fill(stored, (byte) 0);
      }
    }
    long now = host.clock().wallMillis();
    if (keys.rotate(now, host.random(), HpkeSuite.X25519)) {
      sealing.save(keys.encode());
    }
    KnownPeers known = new KnownPeers(identity.id());
    known.restore(cache.load(), new RecordCheck(crypto, network), now);
    return new Rooms.Kept(known, cache, keys, sealing);
  }

  private Transport.Limits limits() {
    Transport.Limits d = Transport.Limits.DEFAULT;
    int connections = maxInbound == 0 ? 0 : maxInbound + HEADROOM;
    if (without.contains(Defence.LINKS_AN_ADDRESS)) {
      return new Transport.Limits(
          d.maxLinks(), connections, connections, connections, d.firstFrameNanos());
    }
    return new Transport.Limits(
        d.maxLinks(), connections, maxInboundPerAddress, d.maxHalfOpenPerIp(), d.firstFrameNanos());
  }

  Identity identity() {
    return identity;
  }

  Network network() {
    return network;
  }

  int maxInbound() {
    return maxInbound;
  }

  Predicate<NodeId> admitLinks() {
    return admitLinks;
  }

  Predicate<NodeId> admitSenders() {
    return admitSenders;
  }

  boolean answersTraces() {
    return answersTraces;
  }

  Cost cost() {
    return cost;
  }

  CarrySettings carrySettings() {
    return carry;
  }

  Set<Defence> withoutDefences() {
    return without;
  }

  PeerCache cache() {
    return cache;
  }

  SealingStore sealing() {
    return sealing;
  }

  private static int atLeastZero(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is 0 or more, not " + value);
    }
    return value;
  }
}
