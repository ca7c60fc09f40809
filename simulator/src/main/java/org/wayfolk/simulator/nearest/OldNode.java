package org.wayfolk.simulator.nearest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node of the earlier implementation: its links, what it knows, and what it does when. */
final class OldNode {
  static final int INBOUND_CAP = 256;
  static final int SIBLINGS = 16;
  static final int COPIES = 3;
  static final int TOLD = 16;

  private static final int OUT_TARGET = 64;
  private static final int OUT_ENOUGH = 60;
  private static final int CRITICAL = 3;
  private static final int URGENT = 8;
  private static final int SPARE = 8;
  private static final int PROBES_PER_TICK = 2;
  private static final double PING_SIBLING = 15;
  private static final double PING_FINGER = 25;
  private static final double DEAD_SIBLING = 45;
  private static final double DEAD_FINGER = 75;
  private static final double DIAL_TIMEOUT = 10;
  private static final double BACKOFF_MOST = 300;
  private static final int PURGE_AFTER = 3;

  /** A connection; both ends may know it as an edge, or only the one that dialled. */
  static final class Conn {
    boolean open = true;
  }

  /** A connection that this node counts as its edge to a peer. */
  static final class Edge {
    final int peer;
    final boolean outgoing;
    final Conn conn;
    double heard;

    Edge(int peer, boolean outgoing, Conn conn, double now) {
      this.peer = peer;
      this.outgoing = outgoing;
      this.conn = conn;
      this.heard = now;
    }
  }

  private static final class Backoff {
    double delay;
    double until;
    int failures;
  }

  final int number;
  final long id;
  final Knowledge knowledge;
  private final OldNetwork net;
  private final List<Edge> edges = new ArrayList<>();
  private final Map<Integer, Edge> byPeer = new HashMap<>();
  private final Map<Integer, Backoff> backoffs = new HashMap<>();
  private int inbound;
  private boolean content;

  OldNode(OldNetwork net, int number, long[] ids) {
    this.net = net;
    this.number = number;
    this.id = ids[number];
    this.knowledge = new Knowledge(number, ids);
  }

  List<Edge> edges() {
    return edges;
  }

  @Nullable Edge edge(int peer) {
    return byPeer.get(peer);
  }

  int outgoing() {
    return edges.size() - inbound;
  }

  private void add(Edge e) {
    edges.add(e);
    byPeer.put(e.peer, e);
    inbound += e.outgoing ? 0 : 1;
  }

  void drop(Edge e) {
    if (byPeer.remove(e.peer, e)) {
      edges.remove(e);
      inbound -= e.outgoing ? 0 : 1;
      e.conn.open = false;
    }
  }

  /** The edges nearest to a place, nearest first. */
  List<Edge> closest(long place, int most) {
    Edge[] out = new Edge[most];
    int n = 0;
    for (Edge e : edges) {
      long distance = net.id(e.peer) ^ place;
      if (n == most) {
        if (Long.compareUnsigned(distance, net.id(out[n - 1].peer) ^ place) >= 0) {
          continue;
        }
        n--;
      }
      int at = n++;
      while (at > 0 && Long.compareUnsigned(distance, net.id(out[at - 1].peer) ^ place) < 0) {
        out[at] = out[at - 1];
        at--;
      }
      out[at] = e;
    }
    return List.of(Arrays.copyOf(out, n));
  }

  /**
   * A frame came in on a connection. The first one makes it an edge, if there is none to that peer;
   * beyond the cap the connection is closed, which the other end is not told.
   *
   * @return whether the frame is handled
   */
  boolean hear(int from, Conn conn) {
    Edge e = byPeer.get(from);
    if (e == null) {
      if (!conn.open) {
        return false;
      }
      if (inbound >= INBOUND_CAP) {
        conn.open = false;
        return false;
      }
      e = new Edge(from, false, conn, net.now());
      add(e);
    }
    e.heard = net.now();
    return true;
  }

  /** Every 5 s: reap, keepalive, fill, probes. */
  void tick() {
    List<Edge> siblings = closest(id, SIBLINGS);
    for (Edge e : List.copyOf(edges)) {
      boolean sibling = siblings.contains(e);
      double idle = net.now() - e.heard;
      if (idle >= (sibling ? DEAD_SIBLING : DEAD_FINGER)) {
        drop(e);
      } else if (idle >= (sibling ? PING_SIBLING : PING_FINGER)) {
        net.ping(this, e);
      }
    }
    fill();
    for (int i = 0; i < PROBES_PER_TICK; i++) {
      Knowledge.Contact c = knowledge.probe();
      if (c != null && (byPeer.containsKey(c.node) || (c.address && net.alive(c.node)))) {
        knowledge.confirm(c.node);
      } else if (c != null) {
        knowledge.remove(c.node);
      }
    }
  }

  private int want() {
    int out = outgoing();
    content = out >= (content ? OUT_ENOUGH : OUT_TARGET);
    if (content) {
      return 0;
    }
    return out <= CRITICAL ? 8 : out <= URGENT ? 4 : 2;
  }

  /** Dials those of the nearest known that are no edges: nobody farther is ever looked at. */
  private void fill() {
    int want = want();
    if (want == 0) {
      return;
    }
    int room = want + SPARE;
    int looked = 0;
    for (Knowledge.Contact c : knowledge.closest(id, Math.max(4 * room, 16))) {
      if (want == 0 || looked == room) {
        return;
      }
      if (!c.address || byPeer.containsKey(c.node)) {
        continue;
      }
      looked++;
      Backoff b = backoffs.get(c.node);
      if (b == null || net.now() >= b.until) {
        want--;
        dial(c.node);
      }
    }
  }

  private void dial(int peer) {
    if (net.alive(peer)) {
      backoffs.remove(peer);
      add(new Edge(peer, true, new Conn(), net.now()));
      knowledge.observe(peer, false, false);
      return;
    }
    Backoff b = backoffs.computeIfAbsent(peer, p -> new Backoff());
    b.failures++;
    if (b.delay >= BACKOFF_MOST && b.failures >= PURGE_AFTER) {
      backoffs.remove(peer);
      knowledge.remove(peer);
      return;
    }
    b.delay = b.delay == 0 ? 1 : Math.min(2 * b.delay, BACKOFF_MOST);
    b.until = net.now() + DIAL_TIMEOUT + b.delay;
  }

  /** Hears what a neighbour or the end of a lookup tells: each it knows with its address. */
  void learn(List<Knowledge.Contact> told, int teller) {
    for (Knowledge.Contact c : told) {
      knowledge.observe(c.node, c.key, c.key && c.address);
    }
    knowledge.observe(teller, true, true);
  }
}
