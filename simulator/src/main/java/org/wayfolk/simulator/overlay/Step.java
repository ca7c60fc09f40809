package org.wayfolk.simulator.overlay;

import java.time.Duration;

/**
 * One thing that a {@link Scenario} does. What takes time ({@link Join}, {@link Wait}, {@link
 * Send}, {@link Newcomers}, {@link Attack}) is over before the next step begins; everything else
 * happens at once or goes on beside the steps that follow. Shares are 0 to 1, of the honest members
 * that are there.
 */
public sealed interface Step {

  /**
   * Nodes start.
   *
   * @param nodes how many
   * @param rate starts a second of virtual time; infinite starts all in one instant, so that all
   *     their timers begin together
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
   * Messages between random pairs of members.
   *
   * @param name what the figures are called; empty are those of the run itself
   * @param pairs how many
   * @param over the time over which they are spread
   * @param again whether the pairs are those of the send before, as far as both are there: they
   *     know each other's keys
   */
  record Send(String name, int pairs, Duration over, boolean again) implements Step {}

  /**
   * Nodes start, one after the other, each through a random member and with a message to a random
   * one: how soon is it delivered, and how soon are all its links there?
   */
  record Newcomers(int nodes) implements Step {}

  /** The attackers of the scenario begin; it is over when the attack is under way. */
  record Attack() implements Step {}

  /** Members vanish in one instant, with no goodbye. */
  record Kill(double share) implements Step {}

  /** Everybody who has a link to a vanished member knows now, and has not yet dialled anew. */
  record Notice() implements Step {}

  /** Members say goodbye and go, one after the other. */
  record Leave(double share) implements Step {}

  /**
   * Everybody who went comes back in this instant.
   *
   * @param disk the share that still has what it kept: known peers and sealing keys. They come back
   *     by that alone; the others join as newcomers do
   */
  record Back(double disk) implements Step {}

  /**
   * Members come and go from now on.
   *
   * @param mean mean time that a member stays, exponential
   * @param away mean time that it is away, exponential
   * @param ungraceful the share of goings without a goodbye
   * @param disk as in {@link Back}
   */
  record Churn(Duration mean, Duration away, double ungraceful, double disk) implements Step {}

  /**
   * Members are killed and started again, from now on.
   *
   * @param share so many at once
   * @param every so often
   * @param backAfter how long each is away
   * @param disk as in {@link Back}
   */
  record Turnover(double share, Duration every, Duration backAfter, double disk) implements Step {}

  /** {@link Churn} and {@link Turnover} end; who is away comes back when it would have. */
  record Calm() implements Step {}

  /**
   * What the network does from now on.
   *
   * @param delay one way
   * @param jitter up to so much more
   * @param loss the chance that a datagram is lost: on a link it costs a retransmission, on a dial
   *     a repeat after a second, a packet beside the links is gone
   * @param frameLoss the chance that a whole frame is silently taken out of a link, as by a full
   *     inbox
   * @param reorder the chance that a packet beside the links is overtaken; frames of a link never
   *     are
   * @param duplicate the chance that such a packet comes twice; frames of a link never do
   * @param bandwidth bytes a second that a link carries one way; 0 is no bound
   */
  record Net(
      Duration delay,
      Duration jitter,
      double loss,
      double frameLoss,
      double reorder,
      double duplicate,
      long bandwidth)
      implements Step {
    /** A round trip of 40 ms and no faults. */
    public static final Net QUIET = new Net(Duration.ofMillis(20), Duration.ZERO, 0, 0, 0, 0, 0);
  }

  /** A share of the members is cut off from the rest. */
  record Cut(double share) implements Step {}

  /** Every cut is mended. */
  record Heal() implements Step {}

  /** Members stop reading from their links for a while, and go on otherwise. */
  record Clog(double share, Duration time) implements Step {}

  /** Members stand still for a while, as SIGSTOP does it. */
  record Freeze(double share, Duration time) implements Step {}

  /** The wall clocks of members are wrong by up to so much, either way, from now on. */
  record Skew(double share, Duration most) implements Step {}
}
