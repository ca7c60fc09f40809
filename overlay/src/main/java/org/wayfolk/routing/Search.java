package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;

/**
 * What one lookup knows and whom it asks next: Kademlia's iteration on three disjoint lanes
 * (Baumgart and Mies, S/Kademlia, 2007). A lane follows only what its own answers said, and nobody
 * is asked by two lanes; so a liar spoils one lane, and a lane that begins in another part of a
 * network that was split finds what the others cannot. It ends when each lane's nearest candidates
 * have all answered.
 */
final class Search {
  /** Finds under way at once: Kademlia's alpha. */
  static final int ALPHA = 3;

  /** Disjoint lanes. */
  static final int LANES = 3;

  /** Candidates kept, farthest out: ten answers' worth a lane. */
  static final int MAX_CANDIDATES = 600;

  /**
   * How often a candidate of a command may be asked in vain: a lost frame is no absence. On ways of
   * three links that lose 2 % of frames, one of 600 candidates is missed.
   */
  static final int MAX_MISSES = 3;

  /** Why somebody looks. */
  enum Goal {
    /** Our own neighbourhood. Asks all 16 nearest, whom it will dial. */
    SELF(16),
    /** Anybody in a stratum. */
    STRATUM(3),
    /** What one neighbour's link table hinted at: asks that neighbour alone. */
    HINT(1),
    /**
     * For whoever asked by {@link Routing.Lookup}. Who is near is what the application wants to
     * know: so nobody is left out for one frame that got lost on a long way, or for having nobody
     * to name.
     */
    COMMAND(8);

    /** How many of a lane's nearest must have answered. */
    final int width;

    Goal(int width) {
      this.width = width;
    }
  }

  final NodeId target;
  final Goal goal;

  /** The stratum that is to be filled, or for a hint the handle of the link it came over, or -1. */
  final int stratum;

  /** With whom the third lane begins, or null for any link. */
  @Nullable NodeId via;

  /** Whose neighbourhood the first of the third lane is asked for, or null for the target's. */
  @Nullable NodeId aside;

  private final List<Candidate> nearest = new ArrayList<>();
  private final int[] asking = new int[LANES];
  private int usedLanes;
  private int turn;
  int outstanding;
  boolean over;

  Search(NodeId target, Goal goal, int stratum) {
    this.target = target;
    this.goal = goal;
    this.stratum = stratum;
  }

  /** Notes somebody a lane has heard of. The first way to it is tried first. */
  void heard(PeerRecord record, List<NodeId> route, int lane) {
    int bit = 1 << lane;
    usedLanes |= bit;
    int at = place(record.id());
    if (at < nearest.size() && nearest.get(at).id.equals(record.id())) {
      nearest.get(at).lanes |= bit;
      nearest.get(at).another(route);
      return;
    }
    if (nearest.size() == MAX_CANDIDATES) {
      if (at == MAX_CANDIDATES) {
        return;
      }
      nearest.removeLast();
    }
    Candidate c = new Candidate(record, route);
    c.lanes = bit;
    nearest.add(at, c);
  }

  /** Whether a record that a lane heard of is near enough to be worth checking its signature. */
  boolean worthChecking(NodeId id, int lane) {
    int ahead = 0;
    for (Candidate c : nearest) {
      if (target.compareDistance(id, c.id) <= 0) {
        return true;
      }
      if ((c.lanes & 1 << lane) != 0
          && c.state != Candidate.State.FAILED
          && ++ahead >= Found.MAX_RECORDS) {
        return false;
      }
    }
    return true;
  }

  /** Whom to ask next, or null; the lane that asks is {@link #lane}. */
  @Nullable Candidate next() {
    int perLane = Math.ceilDiv(ALPHA, Math.max(1, Integer.bitCount(usedLanes)));
    for (int i = 0; i < LANES; i++) {
      int lane = (turn + i) % LANES;
      if (asking[lane] < perLane && (usedLanes & 1 << lane) != 0) {
        Candidate c = next(lane);
        if (c != null) {
          turn = lane;
          return c;
        }
      }
    }
    return null;
  }

  /** The lane of the last {@link #next}. */
  int lane() {
    return turn;
  }

  private @Nullable Candidate next(int lane) {
    int width = goal.width;
    for (Candidate c : nearest) {
      if ((c.lanes & 1 << lane) == 0 || c.state == Candidate.State.FAILED) {
        continue;
      }
      if (c.state == Candidate.State.NEW) {
        return c;
      }
      if (--width == 0) {
        return null;
      }
    }
    return null;
  }

  void asked(Candidate c, int lane) {
    c.state = Candidate.State.ASKED;
    asking[lane]++;
    outstanding++;
    turn = (lane + 1) % LANES;
  }

  /**
   * What was asked has been answered, or cannot be any more.
   *
   * @param answered whether anything came
   * @param named whether that named anybody: an empty answer may say that the way is broken, or
   *     that whoever stands at its end has no other links
   */
  void settled(Candidate c, int lane, boolean answered, boolean named) {
    asking[lane]--;
    outstanding--;
    if (answered && (named || goal == Goal.COMMAND)) {
      c.state = Candidate.State.ANSWERED;
    } else {
      c.misses++;
      boolean again = goal == Goal.COMMAND && c.misses < MAX_MISSES;
      c.state = again ? Candidate.State.NEW : Candidate.State.FAILED;
    }
  }

  /** Who has been heard of, nearest first, without those that failed. */
  List<Candidate> result() {
    return nearest.stream().filter(c -> c.state != Candidate.State.FAILED).toList();
  }

  private int place(NodeId id) {
    int low = 0;
    int high = nearest.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (target.compareDistance(nearest.get(mid).id, id) < 0) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }
}
