package org.wayfolk.hello;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wayfolk.time.TokenBucket;

/**
 * How many hellos a node answers, and whose first (security.md 5). As long as there are few, all,
 * at no cost. Above that a dialler is asked for work, and those who have worked wait here: who
 * spent most is served first, of equals who came first. What is asked for follows the demand: it
 * doubles each second that leaves somebody waiting, and halves when nobody waits. So an attacker
 * has to outbid the honest with every single hello, and they it once (after Tor's proposal 327).
 *
 * <p>Values only: it knows no link and no clock. Owned by the loop.
 *
 * @param <T> who waits
 */
final class Door<T> {
  /** Hellos at once at no cost: a network of some hundred nodes that all start in one instant. */
  static final int BURST = 256;

  /** Hellos a second: each costs three signatures and a place, a hundredth of a core in all. */
  static final int RATE = 64;

  /** Who waits with work done; whoever has done least goes when there are more. */
  static final int MOST_WAITING = 512;

  /** How often those who wait are served. */
  static final long TICK_NANOS = 50_000_000L;

  /** How often what is asked for follows the demand. */
  static final long ADAPT_NANOS = 1_000_000_000L;

  private record Waiting<T>(T who, int effort, long number) {}

  private final TreeSet<Waiting<T>> waiting =
      new TreeSet<>(
          Comparator.<Waiting<T>>comparingInt(w -> -w.effort()).thenComparingLong(Waiting::number));
  private @Nullable TokenBucket budget;
  private int asked = Effort.LEAST;
  private long numbers;
  private long adapted;
  private boolean crowded;

  /** Whether a hello that comes now is answered at no cost. */
  boolean free(long now) {
    return waiting.isEmpty() && budget(now).take(1, now);
  }

  /** What a dialler is asked for now. */
  int asked() {
    return asked;
  }

  /** Somebody has done work. Who has to go instead of waiting: perhaps this one; or null. */
  @Nullable T waits(T who, int effort) {
    waiting.add(new Waiting<>(who, effort, numbers++));
    if (waiting.size() <= MOST_WAITING) {
      return null;
    }
    crowded = true;
    Waiting<T> least = waiting.pollLast();
    return least == null ? null : least.who();
  }

  /** Whose turn it is, or null if it is nobody's now. */
  @Nullable T next(long now) {
    if (waiting.isEmpty() || !budget(now).take(1, now)) {
      return null;
    }
    Waiting<T> first = waiting.pollFirst();
    return first == null ? null : first.who();
  }

  /** Called each tick after all whose turn it was were served; whether anybody still waits. */
  boolean adapt(long now) {
    if (now - adapted >= ADAPT_NANOS) {
      adapted = now;
      // A second's worth of those who wait will all be served: that is no crowd.
      boolean more = crowded || waiting.size() > RATE;
      asked = more ? Math.min(Effort.MOST, 2 * asked) : Math.max(Effort.LEAST, asked / 2);
      crowded = false;
    }
    return !waiting.isEmpty() || asked > Effort.LEAST;
  }

  /** Somebody who waited is gone. */
  void gone(T who) {
    waiting.removeIf(w -> w.who().equals(who));
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }

  private TokenBucket budget(long now) {
    TokenBucket b = budget;
    if (b == null) {
      b = new TokenBucket(BURST, RATE, now);
      budget = b;
    }
    return b;
  }
}
