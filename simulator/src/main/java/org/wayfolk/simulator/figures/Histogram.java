package org.wayfolk.simulator.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often each whole number from 0 up was seen. Grows with the largest. Not thread-safe. */
public final class Histogram {
  /** Larger numbers mean that a caller should have counted in steps. */
  private static final int MAX = 1 << 24;

  private long[] counts = new long[16];
  private int length;
  private long total;
  private long sum;

  /** Counts one. */
  public void add(int value) {
    add(value, 1);
  }

  /**
   * Counts several of the same.
   *
   * @throws IllegalArgumentException if the value is negative or above 2<sup>24</sup>
   */
  public void add(int value, long times) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("a histogram of " + value);
    }
    if (value >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(value + 1, counts.length * 2));
    }
    counts[value] += times;
    length = Math.max(length, value + 1);
    total += times;
    sum += value * times;
  }

  /** Counts all of another's. */
  public void addAll(Histogram other) {
    for (int i = 0; i < other.length; i++) {
      if (other.counts[i] > 0) {
        add(i, other.counts[i]);
      }
    }
  }

  /** How many were counted. */
  public long total() {
    return total;
  }

  /** Their mean; NaN of none. */
  public double mean() {
    return total == 0 ? Double.NaN : (double) sum / total;
  }

  /** The smallest value that at least this share, 0 to 1, does not pass; 0 of none. */
  public int quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return i;
      }
    }
    return 0;
  }

  /** The largest value counted; 0 of none. */
  public int max() {
    return Math.max(0, length - 1);
  }

  /** The counts, from 0 to the largest value. */
  public List<Long> counts() {
    List<Long> all = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      all.add(counts[i]);
    }
    return all;
  }
}
