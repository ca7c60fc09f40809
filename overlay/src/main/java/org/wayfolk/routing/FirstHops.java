package org.wayfolk.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Defence;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/**
 * By which links our own copies leave. The first goes greedily with lookahead; the second by
 * another link and standing off, as {@link Decision#standOff} says, so that the two have neither
 * their first nor their last link in common; the third so too, by the oldest link far from the
 * target, where the neighbourhood of the target has no say. What was used for a target within a
 * minute comes last when a third is asked for: the way that failed is not the way to try again.
 */
final class FirstHops {
  /** Uses remembered: a few hundred targets that do not answer at a time. */
  static final int MAX = 1_024;

  private static final long LIFE_NANOS = 60_000_000_000L;

  private record Use(NodeId target, int handle, long at) {}

  private final Misses misses = new Misses();
  private final Deque<Use> uses = new ArrayDeque<>();
  private final List<Slot> now = new ArrayList<>();
  private final NodeId[] marks = new NodeId[Envelope.MAX_AVOID];
  private NodeId target = new NodeId(0, 0, 0, 0);
  private boolean elsewhere;
  private @Nullable Slot back;
  private long time;

  private final boolean reorders;
  private final boolean nextWhenFull;
  private final boolean mindsMisses;
  private final boolean limited;
  private final boolean standsOff;

  FirstHops(RoutingSettings settings) {
    reorders = settings.on(Defence.COPIES);
    nextWhenFull = settings.on(Defence.NEXT_WHEN_FULL);
    mindsMisses = settings.on(Defence.MISSES);
    limited = settings.on(Defence.CLAIM_LIMITS);
    standsOff = settings.on(Defence.STAND_OFF);
  }

  /**
   * How many copies of a frame are to leave.
   *
   * @param stratum where the target stands
   */
  int copies(Copies plan, boolean direct, int stratum, long nanos) {
    if (!reorders) {
      return 1;
    }
    int usual = mindsMisses && misses.lately(stratum, nanos) ? 3 : 2;
    return switch (plan) {
      case ONE -> 1;
      case ONE_DIRECT -> direct ? 1 : usual;
      case TWO -> usual;
      case THIRD -> {
        misses.missed(stratum, nanos);
        yield 3;
      }
    };
  }

  /** The second copies of the frames that follow go over this link; null: as by themselves. */
  void back(@Nullable Slot link) {
    back = link == null || link.resting() ? null : link;
  }

  /** Begins the copies of one frame. */
  void begin(NodeId to, boolean awayFromRecent, long nanos) {
    target = to;
    elsewhere = awayFromRecent && reorders;
    time = nanos;
    now.clear();
    while (!uses.isEmpty() && (uses.size() > MAX || nanos - uses.getFirst().at() > LIFE_NANOS)) {
      uses.removeFirst();
    }
  }

  void used(Slot hop, long nanos) {
    now.add(hop);
    uses.addLast(new Use(target, hop.handle, nanos));
  }

  /**
   * What the copy asks others to avoid: the first hops of the copies before it. It also tells the
   * copies apart; so where there was no such hop, or the hop is the target, it avoids us.
   */
  int marks(NodeId self, int copy) {
    for (int i = 0; i < copy; i++) {
      marks[i] = i < now.size() && !now.get(i).id.equals(target) ? now.get(i).id : self;
    }
    return copy;
  }

  NodeId[] marks() {
    return marks;
  }

  /** Offers the copy to candidates, best first; who took it, or null. */
  @Nullable Slot offer(Decision d, LinkTable table, Envelope e, int copy, Packet p, Effects out) {
    if (copy == 2) {
      Slot far = farthest(table, e);
      if (far != null && give(far, p, out)) {
        return far;
      }
    }
    Slot there = back;
    // Also when the usual ways are avoided: the question has come by this one just now.
    if (copy == 1 && there != null && !now.contains(there) && give(there, p, out)) {
      return there;
    }
    // First without what was used lately, then with it.
    for (int pass = elsewhere ? 0 : 1; pass < 2; pass++) {
      aim(d, e, pass == 0);
      if (copy > 0 && standsOff) {
        d.standOff(table, table.nearPrefix());
      } else {
        d.closer(table, copy == 0 || !limited);
      }
      Slot to = best(d, table, p, out);
      if (to == null) {
        d.any(table);
        to = best(d, table, p, out);
      }
      if (to != null) {
        return to;
      }
    }
    return null;
  }

  private void aim(Decision d, Envelope e, boolean away) {
    d.target(e.targetWord(0), e.targetWord(1), e.targetWord(2), e.targetWord(3));
    for (Slot s : now) {
      d.without(s.handle);
    }
    if (away) {
      for (Use u : uses) {
        if (u.target().equals(target)) {
          d.without(u.handle());
        }
      }
    }
  }

  private @Nullable Slot best(Decision d, LinkTable table, Packet p, Effects out) {
    for (int r = 0; r < (nextWhenFull ? d.count() : Math.min(1, d.count())); r++) {
      Slot to = table.at(d.index(r));
      if (give(to, p, out)) {
        return to;
      }
    }
    return null;
  }

  private static boolean give(Slot to, Packet p, Effects out) {
    if (out.offer(to.link, p, TrafficClass.APPLICATION)) {
      return true;
    }
    out.count(Tally.LINK_FULL);
    return false;
  }

  /** The link with the shortest prefix in common with the target, among those the oldest. */
  private @Nullable Slot farthest(LinkTable table, Envelope e) {
    NodeId to = e.target();
    Slot best = null;
    int bestPrefix = NodeId.BITS;
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (!s.carries() || s.resting() || now.contains(s) || usedFor(s) || s.id.equals(to)) {
        continue;
      }
      int prefix = s.id.commonPrefix(to);
      if (best == null || prefix < bestPrefix || (prefix == bestPrefix && better(s, best))) {
        best = s;
        bestPrefix = prefix;
      }
    }
    return best;
  }

  private static boolean better(Slot s, Slot best) {
    return s.cost() != best.cost() ? s.cost() < best.cost() : s.since - best.since < 0;
  }

  private boolean usedFor(Slot s) {
    for (Use u : uses) {
      if (u.target().equals(target) && u.handle() == s.handle && time - u.at() <= LIFE_NANOS) {
        return true;
      }
    }
    return false;
  }
}
