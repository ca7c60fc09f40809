package org.wayfolk.simulator.overlay;

import java.util.List;
import java.util.Optional;

/**
 * What happens to a network, in order, and what is judged at the end. A function of nothing: the
 * seed comes beside it.
 *
 * @param what one sentence for people
 * @param hostile attackers among the members, if there are any
 * @param steps what is done
 * @param checks who judges at the end
 * @param expect bounds that the figures must keep
 */
public record Scenario(
    String what,
    Optional<Hostile> hostile,
    List<Step> steps,
    List<Check> checks,
    List<Expectation> expect) {

  /** Keeps the lists. */
  public Scenario {
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    expect = List.copyOf(expect);
  }

  /** How many nodes it lets join in all. */
  public int nodes() {
    int nodes = 0;
    for (Step s : steps) {
      nodes += s instanceof Step.Join j ? j.nodes() : 0;
    }
    return nodes;
  }

  /**
   * Who attacks.
   *
   * @param share of the members that join, 0 to 1
   * @param attack its name, as {@code docs/attacks.md} has it
   */
  public record Hostile(double share, String attack) {}
}
