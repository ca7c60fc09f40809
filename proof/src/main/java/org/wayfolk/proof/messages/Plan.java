package org.wayfolk.proof.messages;

import java.time.Duration;
import org.wayfolk.sim.disk.Sync;

/**
 * What is to happen.
 *
 * @param seed everything random follows from it
 * @param messages texts to be written in all; edits, deletions and reactions come on top
 * @param users how many people
 * @param friends how many friends each has, an even number
 * @param pause mean time between two bursts of a user who is up
 * @param loss chance that a frame is lost on a link
 * @param sync what the disks are asked for
 */
record Plan(
    long seed, int messages, int users, int friends, Duration pause, double loss, Sync sync) {
  /** Mean time that a user's messenger runs. */
  static final Duration SESSION = Duration.ofHours(1);

  /** Mean time that it is off after that. */
  static final Duration AWAY = Duration.ofMinutes(6);

  /** Most that a clock is wrong. */
  static final Duration SKEW = Duration.ofMinutes(5);

  /** One way, between any two machines; with the jitter a round trip is 70 ms in the mean. */
  static final Duration DELAY = Duration.ofMillis(30);

  /** Up to how much longer one way may take. */
  static final Duration JITTER = Duration.ofMillis(10);

  /** Mean time between two messages of a burst. */
  static final Duration GAP = Duration.ofSeconds(2);

  /** Mean number of messages in a burst. */
  static final int BURST = 6;

  /** How long after the last message is waited for what is missing: several longest retries. */
  static final Duration PATIENCE = Duration.ofHours(2);

  /** The round trip between two machines in the mean. */
  static Duration roundTrip() {
    return DELAY.multipliedBy(2).plus(JITTER);
  }

  /** The proof: about 35 hours for a million messages. */
  static Plan of(long seed, int messages) {
    return new Plan(seed, messages, 20, 6, Duration.ofSeconds(4), 0.05, Sync.FULL);
  }

  /** So that the same number of messages takes another time. */
  Plan withPause(Duration mean) {
    return new Plan(seed, messages, users, friends, mean, loss, sync);
  }

  /** The same with disks that sync nothing: must fail. */
  Plan canary() {
    return new Plan(seed, messages, users, friends, pause, loss, Sync.OFF);
  }

  /** The command that does the same again. */
  String replay() {
    return "./wayfolk proof messages --seed %d --messages %d --pause %d%s"
        .formatted(seed, messages, pause.toMillis(), sync == Sync.OFF ? " --canary" : "");
  }
}
