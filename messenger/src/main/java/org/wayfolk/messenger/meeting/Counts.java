package org.wayfolk.messenger.meeting;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;

/** Counts what was refused, and how many handshake messages came lately. */
final class Counts {
  /**
   * Messages of handshakes under one invitation, or of codes in all, that are looked at a minute.
   */
  static final int A_MINUTE = 60;

  /**
   * Of these, one sender's about codes: a guest repeats its own some twenty times, and one stranger
   * alone shall not keep the guest from being heard.
   */
  static final int OF_ONE_SENDER = A_MINUTE / 2;

  /** Invitations counted at once: those that are open, and some that were. */
  private static final int MAX_COUNTED = 1_024;

  private static final long MINUTE = 60_000;

  /** Not an invitation's number: under it all messages of codes are counted. */
  private static final long ALL_CODES = 0;

  private final EnumMap<Refused, LongAdder> refused = new EnumMap<>(Refused.class);
  private final Map<Long, Integer> lately = new HashMap<>();
  private final Map<NodeId, Integer> senders = new HashMap<>();
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
    begin(now);
    return lately.merge(invitation, 1, Integer::sum) <= A_MINUTE;
  }

  /** The same for codes, of which nobody may have more than half. */
  boolean admitCode(NodeId from, long now) {
    begin(now);
    return senders.merge(from, 1, Integer::sum) <= OF_ONE_SENDER && admit(ALL_CODES, now);
  }

  private void begin(long now) {
    if (now / MINUTE != minute || lately.size() >= MAX_COUNTED || senders.size() >= MAX_COUNTED) {
      minute = now / MINUTE;
      lately.clear();
      senders.clear();
    }
  }

  /** How often each reason was met. Any thread. */
  Map<String, Long> all() {
    Map<String, Long> out = new TreeMap<>();
    refused.forEach((why, count) -> out.put(why.key(), count.sum()));
    return out;
  }
}
