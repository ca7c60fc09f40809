package org.wayfolk.simulator.overlay;

import org.wayfolk.delivery.Outcome;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimWorld;

/**
 * Looks on while a scenario is lived through. Called on the run's thread; it must change nothing of
 * the world, and may take its time: the virtual clock waits.
 */
public interface Spectator {
  /** Nobody looks on. */
  Spectator NOBODY = new Spectator() {};

  /** A member has started, for the first time or again under the same number. */
  default void came(int number, Member member, boolean hostile) {}

  /** A member has gone, with a goodbye or without. */
  default void went(int number) {}

  /** A message is sent. */
  default void sent(int message, int from, int to) {}

  /**
   * A message has its outcome.
   *
   * @param first whether it was delivered at the first try
   */
  default void ended(int message, Outcome how, boolean first) {}

  /** Some virtual time has passed, at most 20 ms of it. */
  default void passed(SimWorld world) {}
}
