package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;

/** Somebody a lookup has heard of. */
final class Candidate {
  enum State {
    NEW,
    ASKED,
    ANSWERED,
    FAILED
  }

  /** Ways to it that are remembered: one to begin with and one if that fails. */
  private static final int MAX_ROUTES = 2;

  final NodeId id;
  final PeerRecord record;
  private final List<List<NodeId>> routes = new ArrayList<>(1);

  /** How often it was asked and did not answer. */
  int misses;

  /** Which of the disjoint paths have heard of it, as bits. */
  int lanes;

  State state = State.NEW;

  Candidate(PeerRecord record, List<NodeId> route) {
    this.id = record.id();
    this.record = record;
    routes.add(route);
  }

  /**
   * From a live link to this candidate, both included: each said it is linked to the next. After a
   * miss another one, if somebody else named it too.
   */
  List<NodeId> route() {
    return routes.get(misses % routes.size());
  }

  /** Notes that somebody else has named it. */
  void another(List<NodeId> route) {
    if (routes.size() < MAX_ROUTES && !routes.contains(route)) {
      routes.add(route);
    }
  }
}
