package org.wayfolk.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the clocks of others say about ours: the median over the subnets of links that we dialled,
 * one vote a subnet. Corrects the times of messages, within a bound, and nothing that ends: whoever
 * lies can shift what we call now by minutes, and must gain nothing by it.
 *
 * <p>Only dialled links vote, since whom we dial is our choice; and a subnet has one vote, since
 * addresses in one are cheap. Owned by one loop.
 */
public final class NetworkTime {
  /** Votes below which nothing is corrected: fewer are too easily a majority of liars. */
  public static final int MIN_VOTES = 5;

  /** Most that is corrected: what is left of the 15 minutes of freshness covers the other end. */
  public static final long MAX_CORRECTION_MILLIS = 600_000;

  /** Samples kept, the oldest out: more than a node has links that it dialled. */
  static final int MAX_SAMPLES = 512;

  /** How long a sample counts after its link is gone: a node that is refused has no other. */
  static final long AFTERWARDS_NANOS = 600_000_000_000L;

  /**
   * A wall clock that moves so much against the monotonic one was set, or the machine slept: what
   * was measured before says nothing any more.
   */
  static final long JUMP_MILLIS = 2_000;

  private static final long MILLI = 1_000_000;

  private static final class Sample {
    private final long subnet;
    private final long skewMillis;
    private boolean ended;
    private long until;

    Sample(long subnet, long skewMillis) {
      this.subnet = subnet;
      this.skewMillis = skewMillis;
    }
  }

  private final Map<Long, Sample> samples = new LinkedHashMap<>();
  private Skew skew = Skew.UNKNOWN;
  private boolean stale;
  private boolean begun;
  private long ahead;

  /**
   * A node that we dialled said what time it is.
   *
   * @param link names the connection
   * @param subnet where it is; subnets vote, not nodes
   * @param skewMillis its clock less ours
   */
  public void vote(long link, long subnet, long skewMillis, long wallMillis, long nowNanos) {
    look(wallMillis, nowNanos);
    samples.remove(link);
    samples.put(link, new Sample(subnet, skewMillis));
    if (samples.size() > MAX_SAMPLES) {
      samples.remove(samples.keySet().iterator().next());
    }
    stale = true;
  }

  /** That connection is gone; its vote goes ten minutes later. */
  public void ended(long link, long nowNanos) {
    Sample s = samples.get(link);
    if (s != null && !s.ended) {
      s.ended = true;
      s.until = nowNanos + AFTERWARDS_NANOS;
    }
  }

  /** What has to be added to {@code wallMillis}, now, to speak of the time of messages. */
  public long correction(long wallMillis, long nowNanos) {
    return skew(wallMillis, nowNanos).correctionMillis();
  }

  /** How it stands. */
  public Skew skew(long wallMillis, long nowNanos) {
    look(wallMillis, nowNanos);
    if (stale) {
      stale = false;
      skew = count();
    }
    return skew;
  }

  private void look(long wallMillis, long nowNanos) {
    long difference = wallMillis - nowNanos / MILLI;
    if (begun && Math.abs(difference - ahead) > JUMP_MILLIS) {
      samples.clear();
      stale = true;
    }
    begun = true;
    ahead = difference;
    if (!samples.isEmpty()) {
      stale |= samples.values().removeIf(s -> s.ended && s.until - nowNanos <= 0);
    }
  }

  private Skew count() {
    Map<Long, List<Long>> subnets = new TreeMap<>();
    for (Sample s : samples.values()) {
      subnets.computeIfAbsent(s.subnet, k -> new ArrayList<>()).add(s.skewMillis);
    }
    int votes = subnets.size();
    if (votes == 0) {
      return Skew.UNKNOWN;
    }
    long[] each = subnets.values().stream().mapToLong(NetworkTime::median).toArray();
    long median = median(each);
    long most = MAX_CORRECTION_MILLIS;
    return new Skew(median, votes, votes < MIN_VOTES ? 0 : Math.clamp(median, -most, most));
  }

  private static long median(List<Long> values) {
    return median(values.stream().mapToLong(Long::longValue).toArray());
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    // Of two in the middle their mean, without a sum that could overflow: a peer's word is a long.
    return values.length % 2 == 1 ? values[half] : values[half - 1] / 2 + values[half] / 2;
  }
}
