package org.wayfolk.routing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Tally;
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

  private static final class Active {
    final NodeId id;
    final List<Address> addresses;
    final long began;
    int next;
    long token;

    Active(NodeId id, List<Address> addresses, long began) {
      this.id = id;
      this.addresses = addresses;
      this.began = began;
    }
  }

  private record Pause(int failures, long until) {}

  private final Map<NodeId, Active> active = new LinkedHashMap<>();
  private final Map<Long, Active> byToken = new HashMap<>();
  private final Map<NodeId, Pause> pauses = new LinkedHashMap<>();

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

  /** When the first pause ends that has not yet, or {@code Long.MAX_VALUE}. */
  long nextReady(Iterable<NodeId> ids, long now) {
    long first = Long.MAX_VALUE;
    for (NodeId id : ids) {
      Pause p = pauses.get(id);
      first = Math.min(first, p == null ? 0 : Math.max(0, p.until() - now));
    }
    return first;
  }

  /** Dials a peer if it may be dialled now; whether it does. */
  boolean wish(NodeId id, List<Address> addresses, Effects out) {
    giveUpStuck(out.now());
    if (addresses.isEmpty() || !ready(id, out.now()) || active.size() >= MAX_ACTIVE) {
      return false;
    }
    Active a = new Active(id, addresses, out.now());
    active.put(id, a);
    next(a, out);
    return true;
  }

  private void next(Active a, Effects out) {
    out.count(Tally.DIALLED);
    a.token = out.dial(a.addresses.get(a.next++), a.id);
    byToken.put(a.token, a);
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
    if (a.next < a.addresses.size()) {
      next(a, out);
      return false;
    }
    active.remove(a.id);
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
