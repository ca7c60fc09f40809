package org.wayfolk.simulator.overlay;

import org.wayfolk.node.Node;
import org.wayfolk.sim.Member;

/** One life of one node of a run: from its start to its end. */
final class Inhabitant {
  private final Member member;
  private final long cameAt;
  private long goneAt = Long.MAX_VALUE;

  Inhabitant(Member member, long cameAt) {
    this.member = member;
    this.cameAt = cameAt;
  }

  int number() {
    return member.number();
  }

  Member member() {
    return member;
  }

  Node node() {
    return member.node();
  }

  long cameAt() {
    return cameAt;
  }

  /** When it ended, nanoseconds of the world; the largest number while it lives. */
  long goneAt() {
    return goneAt;
  }

  boolean alive() {
    return goneAt == Long.MAX_VALUE;
  }

  void gone(long now) {
    goneAt = now;
  }
}
