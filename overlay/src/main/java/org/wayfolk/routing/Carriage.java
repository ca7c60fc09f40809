package org.wayfolk.routing;

import java.time.Instant;
import java.time.LocalDate;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.time.TokenBucket;

/**
 * How much this node carries for others: what its user agreed to, a day of the user's own clock and
 * zone. Used up, it stays so until midnight; {@link CarryChanged} tells both, so that neighbours
 * hear of it and choose other ways.
 *
 * <p>Until they have heard, what they send is handed back to them: nobody loses a message because
 * we stop. A neighbour that goes on sending cannot make us pay for that either: handing back has a
 * budget of its own.
 */
final class Carriage {
  /** Handed back at once: what is under way when we stop, five of the longest messages. */
  static final long BACK_BURST = 256 * 1024;

  /** Handed back each second after that: 1.4 MB a day, whatever neighbours do. */
  static final long BACK_PER_SECOND = 16;

  /** The wall clock may be set while we wait for midnight. */
  private static final long LOOK_AGAIN_NANOS = 600_000_000_000L;

  private static final long MILLI = 1_000_000L;

  /** Timer: it may be another day. */
  private record Look() implements Input.Timer {}

  private final CarrySettings begin;
  private final TokenBucket back = new TokenBucket(BACK_BURST, BACK_PER_SECOND, 0);
  private long perDay;
  private long today;
  private long dayBegan;
  private long dayEnds;
  private boolean on;
  private boolean waiting;

  /**
   * @param wallMillis now
   */
  Carriage(CarrySettings begin, long wallMillis) {
    this.begin = begin;
    perDay = begin.perDay();
    turn(wallMillis);
    boolean ours = begin.beforeMillis() >= dayBegan && begin.beforeMillis() < dayEnds;
    today = ours ? begin.before() : 0;
    on = today < perDay;
  }

  /** Begins the day that it is. */
  private void turn(long wallMillis) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(wallMillis), begin.zone());
    dayBegan = day.atStartOfDay(begin.zone()).toInstant().toEpochMilli();
    dayEnds = day.plusDays(1).atStartOfDay(begin.zone()).toInstant().toEpochMilli();
  }

  private boolean midnight(long wallMillis) {
    if (wallMillis >= dayBegan && wallMillis < dayEnds) {
      return false;
    }
    turn(wallMillis);
    today = 0;
    return true;
  }

  /** Whether a frame for others of so many bytes may be passed on now. */
  boolean may(int bytes, Effects out) {
    if (midnight(out.wallMillis())) {
      settle(out);
    }
    if (on && bytes > perDay - today) {
      stop(out);
    }
    return on;
  }

  /** It was passed on. */
  void carried(int bytes) {
    today += bytes;
  }

  /** Whether one that may not be passed on may be handed back. */
  boolean mayHandBack(int bytes, Effects out) {
    return back.take(bytes, out.now());
  }

  /** The user says how much from now on; what was carried today counts. */
  void limit(long bytesPerDay, Effects out) {
    perDay = bytesPerDay;
    midnight(out.wallMillis());
    settle(out);
  }

  private void settle(Effects out) {
    boolean now = today < perDay;
    if (now != on) {
      on = now;
      out.emit(new CarryChanged(now));
    }
    watch(out);
  }

  private void stop(Effects out) {
    on = false;
    out.emit(new CarryChanged(false));
    watch(out);
  }

  /** Sees to it that another day begins although no frame comes. */
  void watch(Effects out) {
    if (!on && perDay > 0 && !waiting) {
      waiting = true;
      long rest = (dayEnds - out.wallMillis()) * MILLI;
      out.timer(Math.clamp(rest, MILLI, LOOK_AGAIN_NANOS), new Look());
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Look)) {
      return false;
    }
    waiting = false;
    if (midnight(out.wallMillis())) {
      settle(out);
    }
    watch(out);
    return true;
  }

  /** How it stands. */
  Carried now(Effects out) {
    if (midnight(out.wallMillis())) {
      settle(out);
    }
    return new Carried(perDay, today, dayBegan, on);
  }

  /** Whether this node begins with carrying. */
  boolean on() {
    return on;
  }
}
