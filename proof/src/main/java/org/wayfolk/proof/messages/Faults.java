package org.wayfolk.proof.messages;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults that were found: all counted, the first ones told. */
final class Faults {
  /** Told of each kind: enough to see a pattern. */
  private static final int TOLD = 5;

  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final List<String> told = new ArrayList<>();

  void add(Fault kind, String what) {
    if (counts.merge(kind, 1, Integer::sum) <= TOLD) {
      told.add(kind + ": " + what);
    }
  }

  boolean none() {
    return counts.isEmpty();
  }

  int count(Fault kind) {
    return counts.getOrDefault(kind, 0);
  }

  List<String> told() {
    return Collections.unmodifiableList(told);
  }

  @Override
  public String toString() {
    return counts + " " + told;
  }
}
