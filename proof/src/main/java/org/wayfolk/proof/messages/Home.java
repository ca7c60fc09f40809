package org.wayfolk.proof.messages;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.wayfolk.sim.disk.Moment;

/** A user's machine with what is on its disk. Off at first. */
interface Home {
  /**
   * Switches the machine on and starts the messenger.
   *
   * @throws IOException if it cannot be started from what the disk holds
   */
  Life start(Ears ears) throws IOException;

  /** Ends the messenger in order. */
  void stop();

  /** Ends the program at once; the machine and what was written stay. */
  void kill();

  /**
   * Ends program and machine at once; the disk keeps what it must, and of the rest what it will.
   */
  void powerLoss(RandomGenerator dice);

  /**
   * The same, later and inside the disk's work.
   *
   * @param nth the how many-th such moment from now
   * @param fallen called when it has happened; not if the machine goes off another way before
   */
  void powerLossIn(Moment moment, int nth, RandomGenerator dice, Runnable fallen);
}
