package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Malformed;

/** One node of {@link MiniNet}: its routing, and the effects that routing asks for. */
final class MiniNode implements Effects {
  static final long WALL = 1_800_000_000_000L;

  final MiniNet net;
  final int number;
  final boolean dialable;
  final Address address;
  final Identity identity;
  final NodeId id;
  PeerRecord record;
  final KnownPeers known;
  final Map<NodeId, MiniLink> links = new LinkedHashMap<>();
  final List<Input.Event> events = new ArrayList<>();
  final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
  Routing routing;
  boolean alive = true;
  boolean offline;
  private final SplittableRandom random;
  private final Timers<Input.Timer> timers = new Timers<>();
  private final Frame view = new Frame();
  private long tokens;

  MiniNode(MiniNet net, int number, boolean dialable, RoutingSettings settings) {
    this.net = net;
    this.number = number;
    this.dialable = dialable;
    this.random = net.random.split();
    byte[] seed = new byte[Identity.SEED_BYTES];
    random.nextBytes(seed);
    identity = Identity.ofSeed(seed);
    id = identity.id();
    // 64 subnets: caps that count subnets stay on.
    int ip = (20 + number % 64) << 24 | (number / 64) << 8 | 1;
    address = Address.ofV4(ip, 4_242);
    record = sign(WALL + net.now / MiniNet.MS, settings.carry().perDay() > 0);
    known = new KnownPeers(id);
    routing = new Routing(id, net.network, known, net.check, settings, wallMillis());
  }

  private PeerRecord sign(long sequence, boolean carries) {
    PeerRecord.Body body =
        new PeerRecord.Body(
            identity.publicIdentity().key(),
            sequence,
            sequence + PeerRecord.LIFE_MILLIS,
            new byte[32],
            carries ? 0 : PeerRecord.CARRIES_NOTHING,
            dialable ? List.of(address) : List.of(),
            List.of());
    return net.check.sign(identity, body);
  }

  boolean accepts(MiniNode from) {
    return dialable && !offline && !from.offline;
  }

  void give(Input in) {
    net.at(
        net.now,
        () -> {
          if (alive) {
            routing.on(in, this);
          }
        });
  }

  void frame(MiniLink link, byte[] bytes) {
    if (offline || link.there.offline) {
      return;
    }
    Packet p = net.pool.copyOf(bytes);
    try {
      view.over(link, p);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
    routing.on(view, this);
    if (!view.taken()) {
      p.release();
    }
  }

  /** Vanishes without a word. */
  void die() {
    alive = false;
  }

  long counted(Tally what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public long now() {
    return net.now;
  }

  @Override
  public long wallMillis() {
    return WALL + net.now / MiniNet.MS;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Packet packet(int capacity) {
    return net.pool.take(capacity);
  }

  @Override
  public boolean offer(Link link, Packet packet, TrafficClass kind) {
    return link.offer(packet, kind);
  }

  @Override
  public void close(Link link, CloseReason why) {
    link.close(why);
  }

  @Override
  public long dial(Address to, @Nullable NodeId expected) {
    net.dial(this, ++tokens, to, expected);
    return tokens;
  }

  @Override
  public Timers.Handle timer(long delayNanos, Input.Timer what) {
    Timers.Handle h = timers.at(net.now + delayNanos, what);
    net.at(
        net.now + delayNanos,
        () -> {
          for (Input.Timer t; alive && (t = timers.poll(net.now)) != null; ) {
            routing.on(t, this);
          }
        });
    return h;
  }

  @Override
  public boolean work(Supplier<? extends Input.Worked> job) {
    net.at(
        net.now + MiniNet.MS,
        () -> {
          if (alive) {
            routing.on(job.get(), this);
          }
        });
    return true;
  }

  @Override
  public void emit(Input.Event event) {
    events.add(event);
    if (event instanceof Arrived a) {
      net.arrived(this, a);
    }
    if (event instanceof CarryChanged(boolean on)) {
      record = sign(wallMillis(), on);
      PeerRecord told = record;
      for (MiniLink l : links.values()) {
        net.at(net.now + MiniNet.DELAY, () -> l.there.give(new Routing.Renewed(l.other, told)));
      }
    }
  }

  @Override
  public void count(Tally what) {
    count(what, 1);
  }

  @Override
  public void count(Tally what, long n) {
    counts.merge(what, n, Long::sum);
  }

  @Override
  public String toString() {
    return "node " + number + " " + id.shortHex();
  }
}
