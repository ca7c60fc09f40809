package org.wayfolk.routing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;

/**
 * Wishes for dials: one at a time per peer, all of its addresses in turn, then a pause that doubles
 * with each failure. What failed is never forgotten while it is wished for, only asked less often.
 */
final class Dials {
  /** Dials at once: a joining node has 16 siblings to reach. */
  static final int MAX_ACTIVE = 16;

  /**
   * Peers whose failures are remembered; the oldest are forgotten, and then merely tried sooner.
   */
  static final int MAX_PAUSED = 2_048;

  /** Pause after the first failure. */
  static final long FIRST_PAUSE_NANOS = 1_000_000_000L;

  /** Longest pause while there are other links. */
  static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

  /** Longest pause while there is no link at all: how soon a node is back with its network. */
  static final long LONGEST_ALONE_NANOS = 30_000_000_000L;

  /** A dial that said nothing for so long is given up: transport and hello have 10 s each. */
  static final long STUCK_NANOS = 30_000_000_000L;

  /**
   * Failed dials toward one site at once, and a minute after that, whoever they were meant for.
   * Records are cheap to make and may name anybody's address: so many packets of ours does a victim
   * get at most (security.md 11). Ports and peers behind one address that do answer cost nothing.
   */
  static final int KNOCKS = 8;

  static final int KNOCKS_A_MINUTE = 4;

  /** Dials toward one site at once: none of them is known to fail yet. */
  static final int KNOCKS_AT_ONCE = 4;

  /** Sites whose failures are counted; the least recently failed are forgotten. */
  static final int MAX_SITES = 4_096;

  private static final long MINUTE = 60;

  private static final class Active {
    final NodeId id;
    final List<Address> addresses;
    final long began;
    final boolean named;
    int next;
    long token;

    Active(NodeId id, List<Address> addresses, long began, boolean named) {
      this.named = named;
      this.id = id;
      this.addresses = addresses;
      this.began = began;
    }
  }

  private record Pause(int failures, long until) {}

  private final Map<NodeId, Active> active = new LinkedHashMap<>();
  private final Map<Long, Active> byToken = new HashMap<>();
  private final Map<NodeId, Pause> pauses = new LinkedHashMap<>();
  private final LinkedHashMap<Long, TokenBucket> sites = new LinkedHashMap<>(16, 0.75f, true);

  private final boolean sitesTogether;

  Dials() {
    this(true);
  }

  /**
   * @param sitesTogether whether failed dials of one site are counted together
   */
  Dials(boolean sitesTogether) {
    this.sitesTogether = sitesTogether;
  }

  /** Dials under way. */
  int active() {
    return active.size();
  }

  boolean isActive(NodeId id) {
    return active.containsKey(id);
  }

  /** Whether a wish for that peer would be dialled now, as far as it alone is concerned. */
  boolean ready(NodeId id, long now) {
    Pause p = pauses.get(id);
    return !active.containsKey(id) && (p == null || p.until() - now <= 0);
  }

  int failures(NodeId id) {
    Pause p = pauses.get(id);
    return p == null ? 0 : p.failures();
  }

  /** How long a peer is still left alone, nanoseconds; 0 if it is not. */
  long pauseLeft(NodeId id, long now) {
    Pause p = pauses.get(id);
    return p == null ? 0 : Math.max(0, p.until() - now);
  }

  /** Dials a peer if it may be dialled now; whether it does. */
  boolean wish(NodeId id, List<Address> addresses, boolean alone, Effects out) {
    return wish(new Active(id, addresses, out.now(), false), alone, out);
  }

  /** The same for addresses of which the first is our user's own word, and no hearsay. */
  boolean wishNamed(NodeId id, List<Address> addresses, Effects out) {
    return wish(new Active(id, addresses, out.now(), true), true, out);
  }

  private boolean wish(Active a, boolean alone, Effects out) {
    giveUpStuck(out.now());
    if (a.addresses.isEmpty() || !ready(a.id, out.now()) || active.size() >= MAX_ACTIVE) {
      return false;
    }
    if (!next(a, out)) {
      pause(a.id, alone, out);
      return false;
    }
    active.put(a.id, a);
    return true;
  }

  /** Dials the next of its addresses that we may knock at; false if there is none. */
  private boolean next(Active a, Effects out) {
    while (a.next < a.addresses.size()) {
      Address to = a.addresses.get(a.next++);
      if ((a.named && a.next == 1) || mayKnock(to, out.now())) {
        out.count(Tally.DIALLED);
        a.token = out.dial(to, a.id);
        byToken.put(a.token, a);
        return true;
      }
      out.count(Tally.DIAL_HELD_BACK);
    }
    return false;
  }

  private boolean mayKnock(Address to, long now) {
    if (to.scope() != Address.Scope.GLOBAL || !sitesTogether) {
      return true; // one machine or LAN may hold a whole network, and is nobody else's
    }
    int underWay = 0;
    for (Active a : active.values()) {
      underWay += a.addresses.get(a.next - 1).site() == to.site() ? 1 : 0;
    }
    // Those under way may fail too.
    TokenBucket failures = sites.get(to.site());
    return underWay < KNOCKS_AT_ONCE
        && (failures == null || failures.has(MINUTE * (underWay + 1), now));
  }

  private void knockedInVain(Address at, long now) {
    TokenBucket failures =
        sites.computeIfAbsent(
            at.site(), s -> new TokenBucket(KNOCKS * MINUTE, KNOCKS_A_MINUTE, now));
    failures.take(MINUTE, now);
    if (sites.size() > MAX_SITES) {
      sites.pollFirstEntry();
    }
  }

  private void giveUpStuck(long now) {
    active
        .values()
        .removeIf(a -> {
          boolean stuck = now - a.began > STUCK_NANOS * a.addresses.size();
          if (stuck) {
            byToken.remove(a.token);
          }
          return stuck;
        });
  }

  /** A dial gave no connection. True if it was ours and nothing more is tried. */
  boolean failed(long token, boolean alone, Effects out) {
    Active a = byToken.remove(token);
    if (a == null) {
      return false;
    }
    out.count(Tally.DIAL_FAILED);
    knockedInVain(a.addresses.get(a.next - 1), out.now());
    active.remove(a.id);
    if (next(a, out)) {
      active.put(a.id, a);
      return false;
    }
    pause(a.id, alone, out);
    return true;
  }

  /** A connection is gone. True if it was one that we dialled and that never came up. */
  boolean down(Link link, CloseReason why, boolean linked, boolean alone, Effects out) {
    if (!link.dialled() || !byToken.containsKey(link.dialToken())) {
      return false;
    }
    if (linked || why == CloseReason.REPLACED) {
      // Both sides dialled, and the other connection is the one that stays.
      up(link);
      return true;
    }
    return failed(link.dialToken(), alone, out);
  }

  /** A link is up: whatever was tried toward that peer has succeeded. */
  void up(Link link) {
    Active a = active.remove(link.peer());
    if (a != null) {
      byToken.remove(a.token);
    }
    pauses.remove(link.peer());
  }

  /** Leaves a peer alone for a while: it went on purpose or had no room for us. */
  void pause(NodeId id, boolean alone, Effects out) {
    Pause before = pauses.remove(id);
    int failures = before == null ? 1 : before.failures() + 1;
    long longest = alone ? LONGEST_ALONE_NANOS : LONGEST_PAUSE_NANOS;
    long pause = Math.min(longest, FIRST_PAUSE_NANOS << Math.min(failures - 1, 20));
    pauses.put(id, new Pause(failures, out.now() + jitter(pause, out)));
    if (pauses.size() > MAX_PAUSED) {
      pauses.remove(pauses.keySet().iterator().next());
    }
  }

  /** Forgets the pause of one peer: somebody else has a link to it. */
  void forgetPause(NodeId id) {
    pauses.remove(id);
  }

  /** Forgets all pauses: the network is back, or everybody is gone and all must be tried again. */
  void forgetPauses() {
    pauses.clear();
  }

  /** Three quarters to five quarters of a time, so that nodes do not fall into step. */
  static long jitter(long nanos, Effects out) {
    return nanos - nanos / 4 + out.random().nextLong(nanos / 2 + 1);
  }

  @Nullable NodeId dialling(long token) {
    Active a = byToken.get(token);
    return a == null ? null : a.id;
  }
}
