package org.wayfolk.messenger.session;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Counts refusals, and gives the answer that belongs to each. Any thread. */
final class Refusals {
  private final Map<Refusal, Long> counts =
      Collections.synchronizedMap(new EnumMap<>(Refusal.class));

  Map<Refusal, Long> counts() {
    synchronized (counts) {
      return Map.copyOf(counts);
    }
  }

  Opened stranger() {
    count(Refusal.STRANGER);
    return new Opened.Stranger();
  }

  Opened duplicate() {
    count(Refusal.REPEATED);
    return new Opened.Duplicate();
  }

  Opened refused(Refusal why) {
    count(why);
    return new Opened.Unreadable();
  }

  void count(Refusal why) {
    counts.merge(why, 1L, Long::sum);
  }
}
