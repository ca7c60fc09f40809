package org.wayfolk.daemon.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The last events with their numbers. An epoch names an unbroken row of numbers: whoever has seen
 * number n of it misses nothing that has a number up to n. Any thread.
 */
final class EventLog {
  /** Events that are kept for those who come back: hours of talk, or a minute of a storm. */
  static final int MAX_EVENTS = 10_000;

  /** What they may weigh together: without it ten thousand of the longest texts were 600 MiB. */
  static final long MAX_CHARS = 16L << 20;

  private record Kept(ObjectNode event, long chars) {}

  /** The event of number n at n modulo its length. */
  private final @Nullable Kept[] kept;

  private final RandomGenerator random;
  private String epoch;
  private long first = 1;
  private long last;
  private long chars;
  private boolean closed;

  EventLog(RandomGenerator random) {
    this(random, MAX_EVENTS);
  }

  /** A log that keeps fewer. */
  EventLog(RandomGenerator random, int most) {
    this.random = random;
    this.kept = new @Nullable Kept[most];
    this.epoch = draw();
  }

  private String draw() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Gives an event the next number, which is written into it. */
  synchronized void add(ObjectNode event, long weight) {
    last++;
    event.put("seq", last);
    if (last - first >= kept.length) {
      forget();
    }
    kept[place(last)] = new Kept(event, weight);
    chars += weight;
    while (chars > MAX_CHARS && first < last) {
      forget();
    }
    notifyAll();
  }

  private void forget() {
    Kept oldest = kept[place(first)];
    kept[place(first)] = null;
    chars -= oldest == null ? 0 : oldest.chars;
    first++;
  }

  private int place(long number) {
    return (int) (number % kept.length);
  }

  /** Something was missed: nobody can go on from what they have. The numbers rise on. */
  synchronized void breakOff() {
    epoch = draw();
    while (first <= last) {
      forget();
    }
    notifyAll();
  }

  /** Lets all readers go. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Where a reader begins or goes on. */
  synchronized Reader reader(String epochSeen, long since) {
    boolean complete = epochSeen.equals(epoch) && since <= last && since >= first - 1;
    return new Reader(epoch, complete ? since : last, complete);
  }

  /** What a reader is told next. */
  sealed interface Next {
    /** Here it begins, or has to begin anew. */
    record Following(String epoch, long seq, boolean complete) implements Next {}

    /** The next event; not to be changed. */
    record Event(ObjectNode event) implements Next {}

    /** There is none yet. */
    record Nothing() implements Next {}

    /** There will be none any more. */
    record End() implements Next {}
  }

  /** One who follows; for one thread. */
  final class Reader {
    private String seen;
    private long at;
    private Next.@Nullable Following begin;

    private Reader(String seen, long at, boolean complete) {
      this.seen = seen;
      this.at = at;
      this.begin = new Next.Following(seen, at, complete);
    }

    /** Waits for what comes next. */
    Next next(Duration limit) throws InterruptedException {
      Next.Following start = begin;
      if (start != null) {
        begin = null;
        return start;
      }
      synchronized (EventLog.this) {
        if (isUpToDate()) {
          EventLog.this.wait(Math.max(1, limit.toMillis()));
        }
        if (closed) {
          return new Next.End();
        }
        if (!seen.equals(epoch) || at < first - 1) {
          seen = epoch;
          at = last;
          return new Next.Following(seen, at, false);
        }
        return at == last ? new Next.Nothing() : event();
      }
    }

    private boolean isUpToDate() {
      return !closed && seen.equals(epoch) && at == last;
    }

    private Next event() {
      at++;
      Kept next = kept[place(at)];
      return next == null ? new Next.Nothing() : new Next.Event(next.event);
    }
  }
}
