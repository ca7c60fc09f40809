package org.wayfolk.simulator.overlay;

import java.time.Duration;

/** One thing that a {@link Scenario} does, after the one before it is over. */
public sealed interface Step {

  /**
   * Nodes start.
   *
   * @param nodes how many
   * @param rate starts a second of virtual time; infinite starts all in one instant
   * @param entries through how many of the first members each joins; 0 is one member drawn at
   *     random
   */
  record Join(int nodes, double rate, int entries) implements Step {}

  /**
   * Time passes.
   *
   * @param time of the virtual clock
   */
  record Wait(Duration time) implements Step {}

  /**
   * Messages between random pairs of living members.
   *
   * @param name what the figures of these sends are called; empty are those of the run itself
   * @param pairs how many
   * @param over the time over which they are spread
   */
  record Send(String name, int pairs, Duration over) implements Step {}

  /**
   * A share of the living members vanishes in one instant, with no goodbye.
   *
   * @param share 0 to 1
   */
  record Kill(double share) implements Step {}

  /**
   * What the network does to packets from now on.
   *
   * @param loss the chance that a datagram is lost
   */
  record Net(double loss) implements Step {}
}
