package org.wayfolk.simulator.nearest;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The nodes, their clock, and how frames go among them, which takes no time. */
final class OldNetwork {
  static final int MAX_HOPS = 16;

  private static final int CANDIDATES = 8;
  private static final int NOBODY = -1;
  private static final double TICK = 5;
  private static final double SIBLINGS = 30;
  private static final double SELF = 60;
  private static final double REFRESH = 60;

  // Bytes of frames on a link: envelope 139 and header 4; a contact 101 and an address of 16.
  private static final int PING = 3;
  private static final int PONG = 24;
  private static final int ASK = 11;
  private static final int LOOKUP = 143 + 40;
  private static final int CONTACT = 117;
  private static final int ANSWER = 143 + 10;

  private enum Kind {
    TICK,
    SIBLINGS,
    SELF,
    REFRESH
  }

  private record Due(double at, long order, int node, Kind kind) {}

  /** Where a routed frame ended, and what was left of its ttl. */
  record End(int node, int ttl, boolean delivered, boolean deadEnd) {}

  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>((x, y) ->
          x.at() != y.at() ? Double.compare(x.at(), y.at()) : Long.compare(x.order(), y.order()));
  private final SplittableRandom random;
  private final long[] ids;
  private final List<OldNode> nodes = new ArrayList<>();
  private final boolean[] dead;
  private double now;
  private long orders;
  private long frames;
  private long bytes;

  OldNetwork(int most, long seed) {
    random = new SplittableRandom(seed);
    ids = random.split().longs(most).toArray();
    dead = new boolean[most];
  }

  double now() {
    return now;
  }

  long id(int node) {
    return ids[node];
  }

  boolean alive(int node) {
    return !dead[node];
  }

  List<OldNode> nodes() {
    return nodes;
  }

  long frames() {
    return frames;
  }

  long bytes() {
    return bytes;
  }

  /** A node comes that knows some members: their ids and addresses, not their keys. */
  void join(List<Integer> entries) {
    OldNode n = new OldNode(this, nodes.size(), ids);
    nodes.add(n);
    for (int e : entries) {
      n.knowledge.observe(e, false, true);
    }
    due(TICK, n.number, Kind.TICK);
    due(SIBLINGS, n.number, Kind.SIBLINGS);
    due(SELF, n.number, Kind.SELF);
    due(REFRESH, n.number, Kind.REFRESH);
  }

  /** A node vanishes; nobody is told. */
  void kill(int node) {
    dead[node] = true;
  }

  private void due(double after, int node, Kind kind) {
    agenda.add(new Due(now + after, orders++, node, kind));
  }

  /** Lets time pass. */
  void pass(double seconds) {
    double until = now + seconds;
    for (Due d = agenda.peek(); d != null && d.at() <= until; d = agenda.peek()) {
      agenda.poll();
      now = d.at();
      if (!dead[d.node()]) {
        happen(d);
      }
    }
    now = until;
  }

  private void happen(Due d) {
    OldNode n = nodes.get(d.node());
    switch (d.kind()) {
      case TICK -> {
        n.tick();
        due(TICK, n.number, d.kind());
      }
      case SIBLINGS -> {
        n.closest(n.id, OldNode.SIBLINGS).forEach(e -> askSiblings(n, e));
        due(SIBLINGS, n.number, d.kind());
      }
      case SELF -> {
        lookup(n, n.id, n.number);
        due(SELF, n.number, d.kind());
      }
      case REFRESH -> {
        int bits = n.knowledge.refresh(now);
        if (bits >= 0) {
          long below = -1L >>> bits >>> 1;
          long turned = n.id ^ (1L << (63 - bits));
          lookup(n, (turned & ~below) | (random.nextLong() & below), NOBODY);
        }
        due(REFRESH, n.number, d.kind());
      }
    }
  }

  /** Sends over an edge; one that is closed is noticed and dropped. False: not sent. */
  private boolean send(OldNode from, OldNode.Edge e, int length) {
    if (!e.conn.open) {
      from.drop(e);
      return false;
    }
    frames++;
    bytes += length;
    return true;
  }

  /** Whether a frame that was sent is handled at the other end. */
  private boolean handled(OldNode from, OldNode.Edge e) {
    return !dead[e.peer] && nodes.get(e.peer).hear(from.number, e.conn);
  }

  /** Answers on the connection a frame came by. */
  private void answer(OldNode from, OldNode to, OldNode.Conn conn, int length) {
    if (conn.open) {
      frames++;
      bytes += length;
      to.hear(from.number, conn);
    }
  }

  void ping(OldNode from, OldNode.Edge e) {
    if (send(from, e, PING) && handled(from, e)) {
      answer(nodes.get(e.peer), from, e.conn, PONG);
    }
  }

  private void askSiblings(OldNode from, OldNode.Edge e) {
    if (send(from, e, ASK) && handled(from, e)) {
      OldNode peer = nodes.get(e.peer);
      List<Knowledge.Contact> told = peer.knowledge.closest(peer.id, OldNode.TOLD);
      answer(peer, from, e.conn, ANSWER + CONTACT * (told.size() + 1));
      from.learn(told, peer.number);
    }
  }

  /** A lookup by three copies; each ends where greedy routing does, and that node answers. */
  private void lookup(OldNode from, long place, int target) {
    for (OldNode.Edge e : from.closest(place, OldNode.COPIES)) {
      if (send(from, e, LOOKUP) && handled(from, e)) {
        End end = route(e.peer, from.number, place, target, List.of(from.number), LOOKUP);
        if (end.delivered() || end.deadEnd()) {
          tell(nodes.get(end.node()), from, place);
        }
      }
    }
  }

  /** The answer to a lookup is routed, and may end on the way as any frame. */
  private void tell(OldNode from, OldNode to, long place) {
    List<Knowledge.Contact> told = from.knowledge.closest(place, OldNode.TOLD);
    int length = ANSWER + CONTACT * (told.size() + 1);
    for (OldNode.Edge e : from.closest(to.id, OldNode.COPIES)) {
      if (send(from, e, length)) {
        if (handled(from, e)
            && route(e.peer, from.number, to.id, to.number, List.of(), length).delivered()) {
          to.learn(told, from.number);
        }
        return;
      }
    }
  }

  /** A message by three copies that avoid each other's first hops; the ttl of each that arrives. */
  List<Integer> message(OldNode from, OldNode to, int length) {
    List<OldNode.Edge> first = from.closest(to.id, OldNode.COPIES);
    List<Integer> arrived = new ArrayList<>();
    for (OldNode.Edge e : first) {
      List<Integer> avoid = first.stream().map(f -> f.peer).filter(peer -> peer != e.peer).toList();
      if (send(from, e, length) && handled(from, e)) {
        End end = route(e.peer, from.number, to.id, to.number, avoid, length);
        if (end.delivered()) {
          arrived.add(end.ttl());
        }
      }
    }
    return arrived;
  }

  /** Greedy forwarding from a first hop on: only to who is strictly nearer, never back. */
  private End route(
      int first, int sender, long place, int target, List<Integer> avoid, int length) {
    int at = first;
    int from = sender;
    int ttl = MAX_HOPS;
    while (true) {
      if (at == target) {
        return new End(at, ttl, true, false);
      }
      OldNode here = nodes.get(at);
      List<OldNode.Edge> nearer = new ArrayList<>();
      if (ttl > 0) {
        for (OldNode.Edge e : here.closest(place, CANDIDATES)) {
          boolean strictly = Long.compareUnsigned(ids[e.peer] ^ place, here.id ^ place) < 0;
          if (strictly && !avoid.contains(e.peer)) {
            nearer.add(e);
          }
        }
      }
      if (nearer.isEmpty()) {
        return new End(at, ttl, false, true);
      }
      OldNode.Edge taken = null;
      for (OldNode.Edge e : nearer) {
        if (e.peer != from && send(here, e, length)) {
          taken = e;
          break;
        }
      }
      if (taken == null || !handled(here, taken)) {
        return new End(at, ttl, false, false);
      }
      from = at;
      at = taken.peer;
      ttl--;
    }
  }
}
