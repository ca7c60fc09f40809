package org.wayfolk.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
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

  /** What one link may always have a day: two thousand messages. */
  static final long A_LINK = 1_000_000;

  /** Of the day's limit, the part that one link may use: 1 / this. */
  static final int SHARES = 8;

  /**
   * Neighbours whose balance is remembered, the oldest out: who comes again by a new link goes on
   * with the old account.
   */
  static final int MAX_BALANCES = 1_024;

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
  private final Map<NodeId, Balance> balances = new LinkedHashMap<>();
  private boolean leaf;
  private boolean on;
  private boolean waiting;

  /**
   * @param wallMillis now
   */
  Carriage(CarrySettings begin, long wallMillis) {
    this(begin, false, wallMillis);
  }

  /**
   * @param leaf whether we pay by volume, and carry nothing
   * @param wallMillis now
   */
  Carriage(CarrySettings begin, boolean leaf, long wallMillis) {
    this.begin = begin;
    this.leaf = leaf;
    perDay = begin.perDay();
    turn(wallMillis);
    boolean ours = begin.beforeMillis() >= dayBegan && begin.beforeMillis() < dayEnds;
    today = ours ? begin.before() : 0;
    on = !leaf && today < perDay;
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

  /**
   * Whether a frame of so many bytes may be passed on for that neighbour. Where its user set a
   * limit a day, one link may use an eighth of it; and once half of the day's is used, no more than
   * a megabyte and twice what we gave it to carry. Before that nobody else goes short.
   */
  boolean may(int bytes, Slot from, Effects out) {
    if (!may(bytes, out)) {
      return false;
    }
    if (perDay == Carried.NO_LIMIT) {
      return true;
    }
    long share = Math.max(A_LINK, perDay / SHARES);
    if (today > perDay / 2) {
      share = Math.min(share, A_LINK + 2 * from.balance.given(dayBegan));
    }
    if (from.balance.carried(dayBegan) + bytes > share) {
      out.count(Tally.CARRY_OVER_SHARE);
      return false;
    }
    return true;
  }

  /** It was passed on for that neighbour. */
  void carried(int bytes, Slot from) {
    carried(bytes);
    from.balance.carry(bytes, dayBegan);
  }

  /** That neighbour was given bytes for others. */
  void gave(int bytes, Slot to) {
    to.balance.give(bytes, dayBegan);
  }

  /** The account of a neighbour. */
  Balance balance(NodeId id) {
    Balance b = balances.remove(id);
    if (b == null) {
      b = new Balance();
    }
    balances.put(id, b);
    if (balances.size() > MAX_BALANCES) {
      balances.remove(balances.keySet().iterator().next());
    }
    return b;
  }

  /** A node that pays by volume carries nothing, whatever its limit. */
  void leaf(boolean value, Effects out) {
    leaf = value;
    midnight(out.wallMillis());
    settle(out);
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
    boolean now = !leaf && today < perDay;
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
    if (!on && !leaf && perDay > 0 && !waiting) {
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

  /** What we carried for one neighbour today, and what we gave it to carry. */
  static final class Balance {
    private long day;
    private long carried;
    private long given;

    private void on(long today) {
      if (day != today) {
        day = today;
        carried = 0;
        given = 0;
      }
    }

    /** Bytes that we passed on for it on the day that began then. */
    long carried(long today) {
      on(today);
      return carried;
    }

    /** Bytes that we gave it for others on that day. */
    long given(long today) {
      on(today);
      return given;
    }

    void carry(int bytes, long today) {
      on(today);
      carried += bytes;
    }

    void give(int bytes, long today) {
      on(today);
      given += bytes;
    }
  }
}
