package org.wayfolk.messenger.meeting;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.wayfolk.delivery.Handled.Verdict;

/** Counts what was refused, and how many handshake messages came lately. */
final class Counts {
  /**
   * Messages of handshakes under one invitation, or of codes in all, that are looked at a minute.
   */
  static final int A_MINUTE = 60;

  /** Invitations counted at once: those that are open, and some that were. */
  private static final int MAX_COUNTED = 1_024;

  private static final long MINUTE = 60_000;

  private final EnumMap<Refused, LongAdder> refused = new EnumMap<>(Refused.class);
  private final Map<Long, Integer> lately = new HashMap<>();
  private long minute;

  Counts() {
    for (Refused r : Refused.values()) {
      refused.put(r, new LongAdder());
    }
  }

  /** Counts and answers silence. */
  Verdict silence(Refused why) {
    LongAdder count = refused.get(why);
    if (count != null) {
      count.increment();
    }
    return Verdict.SILENT;
  }

  /**
   * Whether one message more may be looked at. Forgotten at exit, which only helps honest peers.
   */
  boolean admit(long invitation, long now) {
    if (now / MINUTE != minute || lately.size() >= MAX_COUNTED) {
      minute = now / MINUTE;
      lately.clear();
    }
    return lately.merge(invitation, 1, Integer::sum) <= A_MINUTE;
  }

  /** How often each reason was met. Any thread. */
  Map<String, Long> all() {
    Map<String, Long> out = new TreeMap<>();
    refused.forEach((why, count) -> out.put(why.key(), count.sum()));
    return out;
  }
}
