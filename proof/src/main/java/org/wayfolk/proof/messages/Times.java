package org.wayfolk.proof.messages;

import java.util.Arrays;

/** Durations in nanoseconds, all of them. */
final class Times {
  private long[] values = new long[1_024];
  private int count;

  void add(long nanos) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = nanos;
  }

  int count() {
    return count;
  }

  /** The smallest duration that so many of a thousand do not exceed; 0 of none. */
  long perMille(int share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) ((long) count * share / 1_000))];
  }
}
