package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.wire.FrameType;

/**
 * A network of routing protocols wired directly: one thread, a virtual clock, 20 ms a link one way,
 * no loss. It stands in for transport and hello: a dial gives both ends a link up, of two crossed
 * dials one stays.
 */
final class MiniNet {
  static final long MS = 1_000_000L;
  static final long S = 1_000 * MS;
  static final long DELAY = 20 * MS;
  static final long HANDSHAKE = 80 * MS;

  private record Event(long at, long order, Runnable what) {}

  final Network network;
  final RecordCheck check;
  final SplittableRandom random;
  final PacketPool pool = new PacketPool();
  final List<MiniNode> nodes = new ArrayList<>();
  final Map<Address, MiniNode> byAddress = new HashMap<>();
  RoutingSettings settings = RoutingSettings.DEFAULT.withSeenCopies(1_024);
  long now;
  long frames;
  long bytes;
  final long[] framesOf = new long[64];
  final long[] bytesOf = new long[64];
  private final PriorityQueue<Event> queue =
      new PriorityQueue<>((x, y) ->
          x.at() != y.at() ? Long.compare(x.at(), y.at()) : Long.compare(x.order(), y.order()));
  private long orders;
  private long serials;

  MiniNet(long seed) {
    this(seed, Network.local("mini"));
  }

  MiniNet(long seed, Network network) {
    this.network = network;
    this.random = new SplittableRandom(seed);
    this.check = new RecordCheck(new RememberingCrypto(Crypto.best()), network);
  }

  /** What one message came to. */
  static final class Probe {
    final MiniNode from;
    final MiniNode to;
    int copies;
    int arrived;
    int firstHops = -1;

    Probe(MiniNode from, MiniNode to) {
      this.from = from;
      this.to = to;
    }
  }

  final Map<Long, Probe> probes = new HashMap<>();

  MiniNode add() {
    return add(true, settings);
  }

  MiniNode add(boolean dialable, RoutingSettings own) {
    MiniNode n = new MiniNode(this, nodes.size(), dialable, own);
    nodes.add(n);
    byAddress.put(n.address, n);
    return n;
  }

  void at(long when, Runnable what) {
    queue.add(new Event(Math.max(when, now), orders++, what));
  }

  void run(long nanos) {
    long end = now + nanos;
    for (Event e; (e = queue.peek()) != null && e.at() <= end; ) {
      queue.remove();
      now = e.at();
      e.what().run();
    }
    now = end;
  }

  List<MiniNode> live() {
    return nodes.stream().filter(n -> n.alive).toList();
  }

  /** Joins {@code n} nodes, {@code gap} apart, each through {@code by} members. */
  void grow(int n, long gap, int by, boolean fixed) {
    for (int i = 0; i < n; i++) {
      MiniNode node = add();
      List<Peer> through = new ArrayList<>();
      List<MiniNode> others = new ArrayList<>(live());
      others.remove(node);
      for (int k = 0; k < by && !others.isEmpty(); k++) {
        MiniNode via = fixed ? others.remove(0) : others.remove(random.nextInt(others.size()));
        through.add(new Peer(via.id, via.address));
      }
      node.give(new Routing.Join(through));
      run(gap);
    }
  }

  /** Sends between random pairs of live nodes, ten a millisecond, and lets them arrive. */
  List<Probe> probe(int pairs, Copies plan) {
    List<MiniNode> live = live();
    List<Probe> out = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      MiniNode from = live.get(random.nextInt(live.size()));
      MiniNode to = live.get(random.nextInt(live.size()));
      if (from != to) {
        out.add(send(from, to, plan));
      }
      run(MS / 10);
    }
    run(2 * S);
    return out;
  }

  Probe send(MiniNode from, MiniNode to, Copies plan) {
    Probe p = new Probe(from, to);
    byte[] signature = new byte[64];
    for (int k = 0; k < 64; k++) {
      signature[k] = (byte) random.nextInt(256);
    }
    byte[] frame =
        Envelope.frame(FrameType.ROUTE, to.id, new byte[32], 0, new byte[] {1}, signature);
    probes.put(Words.at(signature, 0), p);
    p.copies = from.routing.originate(frame, to.id, plan, from);
    return p;
  }

  void arrived(MiniNode at, Arrived a) {
    Envelope e = new Envelope();
    try {
      e.over(a.envelope(), 0, a.envelope().length);
    } catch (org.wayfolk.wire.Malformed m) {
      throw new AssertionError(m);
    }
    Probe p = probes.get(Words.at(a.envelope(), e.signatureAt()));
    if (p != null && p.to == at) {
      p.arrived++;
      if (e.avoidCount() == 0) {
        p.firstHops = a.hops();
      }
    }
  }

  /** Dials; both ends hear of it. */
  void dial(MiniNode from, long token, Address to, @Nullable NodeId expected) {
    at(
        now + HANDSHAKE,
        () -> {
          MiniNode target = byAddress.get(to);
          if (!from.alive) {
            return;
          }
          if (target == null || !target.alive || !target.accepts(from)) {
            from.give(
                new Input.DialFailed(token, to, org.wayfolk.transport.DialFailure.UNREACHABLE));
            return;
          }
          connect(from, target, token);
        });
  }

  void connect(MiniNode from, MiniNode target, long token) {
    MiniLink a = new MiniLink(this, from, target, true, token, ++serials);
    MiniLink b = new MiniLink(this, target, from, false, 0, ++serials);
    a.other = b;
    b.other = a;
    MiniLink old = from.links.get(target.id);
    if (old != null
        && old.dialled != a.dialled
        && now - old.since < 10 * S
        && (from.id.compareTo(target.id) < 0) != a.dialled) {
      // Crossed, and the one that is up stays.
      a.open = false;
      b.open = false;
      from.give(new Input.LinkDown(a, CloseReason.REPLACED));
      target.give(new Input.LinkDown(b, CloseReason.REPLACED));
      return;
    }
    from.links.put(target.id, a);
    target.links.put(from.id, b);
    from.give(new Input.LinkUp(a, target.record, 0, 0));
    target.give(new Input.LinkUp(b, from.record, 0, 0));
    if (old != null) {
      old.open = false;
      old.other.open = false;
      from.give(new Input.LinkDown(old, CloseReason.REPLACED));
      target.give(new Input.LinkDown(old.other, CloseReason.REPLACED));
    }
  }

  /** What the invariant asks, and does not find: one line each. */
  List<String> missing() {
    List<String> out = new ArrayList<>();
    List<MiniNode> live = live();
    for (MiniNode n : live) {
      LinkTable t = n.routing.table();
      List<MiniNode> others = new ArrayList<>(live);
      others.remove(n);
      others.removeIf(o -> !o.dialable && !n.dialable);
      others.sort((x, y) -> n.id.compareDistance(x.id, y.id));
      for (int i = 0; i < Math.min(LinkTable.SIBLINGS, others.size()); i++) {
        if (t.byId(others.get(i).id) == null) {
          out.add(n + " lacks sibling " + i + " " + others.get(i));
        }
      }
      List<MiniNode> carriers = others.stream().filter(o -> o.record.carries()).toList();
      for (MiniNode o : carriers.stream().limit(LinkTable.NEAR_CARRIERS).toList()) {
        if (t.byId(o.id) == null) {
          out.add(n + " lacks near carrier " + o);
        }
      }
      boolean[] has = new boolean[LinkTable.STRATA];
      for (MiniNode o : carriers) {
        int s = t.stratum(o.id);
        if (!has[s] && t.carriers(s) == 0) {
          has[s] = true;
          out.add(n + " lacks a carrier in stratum " + s);
        }
      }
      for (MiniNode o : others) {
        int s = t.stratum(o.id);
        if (!has[s] && t.count(s) == 0) {
          has[s] = true;
          out.add(n + " lacks stratum " + s);
        }
      }
    }
    return out;
  }

  double meanLinks() {
    return live().stream().mapToInt(n -> n.routing.table().size()).average().orElse(0);
  }

  long counted(Tally what) {
    return nodes.stream().mapToLong(n -> n.counted(what)).sum();
  }

  String summary(List<Probe> probes) {
    long first = probes.stream().filter(p -> p.firstHops > 0).count();
    long any = probes.stream().filter(p -> p.arrived > 0).count();
    int[] hops =
        probes.stream().filter(p -> p.firstHops > 0).mapToInt(p -> p.firstHops).sorted().toArray();
    return String.format(
        "nodes %d, links mean %.1f max %d; pairs %d, first copy %d, any copy %d; hops mean %.2f p99"
            + " %d max %d; missing %d",
        live().size(),
        meanLinks(),
        live().stream().mapToInt(n -> n.routing.table().size()).max().orElse(0),
        probes.size(),
        first,
        any,
        Arrays.stream(hops).average().orElse(0),
        hops.length == 0 ? 0 : hops[hops.length * 99 / 100],
        hops.length == 0 ? 0 : hops[hops.length - 1],
        missing().size());
  }
}
