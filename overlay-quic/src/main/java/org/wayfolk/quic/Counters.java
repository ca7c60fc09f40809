package org.wayfolk.quic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbers behind {@link Counter}. The loop counts without a locked instruction; others may read
 * at any time.
 */
@SuppressWarnings("EnumOrdinal") // an index into our own array, never stored or sent
final class Counters {
  private static final Counter[] ALL = Counter.values();

  private final AtomicLongArray counts = new AtomicLongArray(ALL.length);

  /** Adds one. Loop only. */
  void count(Counter what) {
    add(what, 1);
  }

  /** Adds {@code n}. Loop only. */
  void add(Counter what, long n) {
    int i = what.ordinal();
    counts.setRelease(i, counts.getPlain(i) + n);
  }

  /** Adds one, from any thread. */
  void countShared(Counter what) {
    counts.getAndIncrement(what.ordinal());
  }

  long get(Counter what) {
    return counts.getAcquire(what.ordinal());
  }

  /** All of them by name, in order. */
  Map<String, Long> snapshot() {
    Map<String, Long> m = new LinkedHashMap<>();
    for (Counter c : ALL) {
      m.put(c.shown(), get(c));
    }
    return m;
  }
}
