package org.wayfolk.messenger.work;

import java.util.function.LongConsumer;

/** Lets a line into the log once a minute: what a peer can cause must not fill a disk. */
final class Seldom {
  /** Often enough to be found, and 1,440 lines a day at the worst. */
  static final long EVERY_NANOS = 60_000_000_000L;

  private long missed;
  private long last;
  private boolean said;

  /** Says it, with how often it happened since it was said last; or only counts. */
  void say(long now, LongConsumer line) {
    missed++;
    if (said && now - last < EVERY_NANOS) {
      return;
    }
    said = true;
    last = now;
    line.accept(missed);
    missed = 0;
  }
}
