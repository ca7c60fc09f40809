package org.wayfolk.routing;

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

  final NodeId id;
  final PeerRecord record;

  /** From a live link to this candidate, both included: each said it is linked to the next. */
  final List<NodeId> route;

  /** Which of the disjoint paths have heard of it, as bits. */
  int lanes;

  State state = State.NEW;

  Candidate(PeerRecord record, List<NodeId> route) {
    this.id = record.id();
    this.record = record;
    this.route = route;
  }
}
