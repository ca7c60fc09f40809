package org.wayfolk.simulator.watch;

import java.util.ArrayList;
import java.util.List;

/** One message from its send to its outcome, and every link that a frame of it crossed. */
final class Journey {
  /** More is not drawn; a message under an attack could cross very many. */
  private static final int MOST_LEGS = 64;

  /** How bad it is, for its colour. */
  enum Hurt {
    UNDER_WAY,
    NONE,
    LATE,
    LOST
  }

  /**
   * One link crossed.
   *
   * @param back toward the origin: a receipt or a key
   * @param arrived else it was lost on this link
   */
  record Leg(int from, int to, double at, boolean back, boolean arrived) {}

  final int number;
  final int from;
  final int to;
  final double at;
  final List<Leg> legs = new ArrayList<>();
  Hurt hurt = Hurt.UNDER_WAY;
  String words = "";

  Journey(int number, int from, int to, double at) {
    this.number = number;
    this.from = from;
    this.to = to;
    this.at = at;
  }

  void crossed(Leg leg) {
    if (legs.size() < MOST_LEGS) {
      legs.add(leg);
    }
  }

  /** Everybody who held a frame of it, in the order of holding, both ends included. */
  List<Integer> holders() {
    List<Integer> all = new ArrayList<>(List.of(from));
    for (Leg leg : legs) {
      if (leg.arrived && !all.contains(leg.to)) {
        all.add(leg.to);
      }
    }
    if (!all.contains(to)) {
      all.add(to);
    }
    return all;
  }
}
