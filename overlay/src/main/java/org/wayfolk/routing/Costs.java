package org.wayfolk.routing;

import org.jspecify.annotations.Nullable;
import org.wayfolk.peer.Cost;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;

/**
 * Which cost class we are in. Each change makes all neighbours choose anew, so that two are an hour
 * apart, however often a machine changes its line.
 */
final class Costs {
  /** Least time between two changes. */
  static final long APART_NANOS = 3_600_000_000_000L;

  /** Timer: the hour is over. */
  private record Due() implements Input.Timer {}

  private Cost now;
  private @Nullable Cost wanted;
  private boolean changed;
  private long changedAt;
  private boolean waiting;

  Costs(Cost begin) {
    now = begin;
  }

  Cost now() {
    return now;
  }

  /** The user's machine is in another class; whether that counts at once. */
  boolean want(Cost cost, Effects out) {
    wanted = cost;
    return settle(out);
  }

  private boolean settle(Effects out) {
    Cost next = wanted;
    if (next == null || next == now) {
      return false;
    }
    long rest = changedAt + APART_NANOS - out.now();
    if (changed && rest > 0) {
      if (!waiting) {
        waiting = true;
        out.timer(rest, new Due());
      }
      return false;
    }
    changed = true;
    changedAt = out.now();
    now = next;
    out.emit(new CostChanged(next));
    return true;
  }

  /** Whether that timer is of this part. */
  static boolean isDue(Input.Timer timer) {
    return timer instanceof Due;
  }

  /** The hour is over; whether the class changes now. */
  boolean due(Effects out) {
    waiting = false;
    return settle(out);
  }
}
