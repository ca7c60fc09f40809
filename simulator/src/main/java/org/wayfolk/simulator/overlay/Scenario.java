package org.wayfolk.simulator.overlay;

import java.util.List;

/**
 * What happens to a network, in order.
 *
 * @param what one sentence for people
 * @param steps what is done
 */
public record Scenario(String what, List<Step> steps) {
  /** Keeps the list. */
  public Scenario {
    steps = List.copyOf(steps);
  }
}
