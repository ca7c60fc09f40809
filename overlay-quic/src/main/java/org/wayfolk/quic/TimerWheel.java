package org.wayfolk.quic;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of connections: two wheels of 1,024 slots, 262 us and 268 ms wide (Varghese and Lauck,
 * 1987). A deadline that moves later, as nearly all do with every packet, costs one store: its
 * entry fires early and is put where it now belongs. Owned by one thread; nothing is allocated.
 */
final class TimerWheel<E extends TimerWheel.Entry> {
  private static final int SHIFT = 18;
  private static final int SLOTS = 1024;
  private static final int BITS = 10;
  private static final int NONE = -1;
  private static final int DRAINING = 2 * SLOTS;

  /** Something with one deadline. */
  abstract static class Entry {
    private long due;
    private long tick;
    private int slot = NONE;
    private @Nullable Entry before;
    private @Nullable Entry after;
  }

  private final Class<E> type;

  /** Heads of the lists: the near wheel's slots, the far wheel's, and the one being drained. */
  private final @Nullable Entry[] heads = new @Nullable Entry[2 * SLOTS + 1];

  private final long[] nearUsed = new long[SLOTS / 64];
  private final long origin;
  private long now;
  private int size;

  TimerWheel(Class<E> type, long nowNanos) {
    this.type = type;
    this.origin = nowNanos;
    Arrays.fill(heads, null);
  }

  /** Sets or moves the deadline of an entry. */
  void set(E entry, long dueNanos) {
    Entry e = entry;
    e.due = dueNanos;
    long wanted = Math.max(tickOf(dueNanos), now + 1);
    if (e.slot != NONE) {
      if (e.tick <= wanted) {
        return;
      }
      unlink(e);
    }
    link(e, wanted);
  }

  /** Forgets the deadline of an entry. */
  void cancel(E entry) {
    if (((Entry) entry).slot != NONE) {
      unlink(entry);
    }
  }

  /** Hands over every entry whose deadline is not after {@code nowNanos}. */
  void advance(long nowNanos, Consumer<E> expired) {
    long target = (nowNanos - origin) >> SHIFT;
    while (now < target) {
      if (size == 0) {
        now = target;
        return;
      }
      now++;
      if ((now & (SLOTS - 1)) == 0) {
        drain(SLOTS + ((int) (now >> BITS) & (SLOTS - 1)), nowNanos, expired);
      }
      drain((int) now & (SLOTS - 1), nowNanos, expired);
      skip(target);
    }
  }

  /** A time not after the earliest deadline, or {@link Long#MAX_VALUE} if there is none. */
  long next() {
    if (size == 0) {
      return Long.MAX_VALUE;
    }
    long tick = nextNear();
    if (tick < 0) {
      // Only far ones: the next turn of the near wheel brings them closer.
      tick = ((now >> BITS) + 1) << BITS;
      while (heads[SLOTS + ((int) (tick >> BITS) & (SLOTS - 1))] == null
          && tick - now < (long) SLOTS << BITS) {
        tick += SLOTS;
      }
    }
    return origin + (tick << SHIFT);
  }

  int size() {
    return size;
  }

  private void drain(int slot, long nowNanos, Consumer<E> expired) {
    boolean isFar = slot >= SLOTS;
    // Moved aside as a whole: what expires may set and cancel deadlines, its own and those still in
    // line.
    for (Entry e = heads[slot]; e != null; e = heads[slot]) {
      unlink(e);
      push(e, DRAINING);
    }
    for (Entry e = heads[DRAINING]; e != null; e = heads[DRAINING]) {
      unlink(e);
      if (!isFar && e.due - nowNanos <= 0) {
        expired.accept(type.cast(e));
      } else {
        link(e, Math.max(tickOf(e.due), isFar ? now : now + 1));
      }
    }
  }

  /** Passes over empty slots at once, so that a long sleep costs nothing. */
  private void skip(long target) {
    long tick = nextNear();
    long turn = ((now >> BITS) + 1) << BITS;
    long stop = Math.min(target, Math.min(turn, tick < 0 ? turn : tick) - 1);
    if (stop > now) {
      now = stop;
    }
  }

  private long nextNear() {
    long end = ((now >> BITS) + 1) << BITS;
    for (long tick = now + 1; tick < end; ) {
      int slot = (int) tick & (SLOTS - 1);
      long word = nearUsed[slot >> 6] >>> slot;
      if (word != 0) {
        return tick + Long.numberOfTrailingZeros(word);
      }
      tick += 64 - (slot & 63);
    }
    return -1;
  }

  private void link(Entry e, long tick) {
    // The near wheel holds only what falls into its present turn.
    boolean isNear = tick >> BITS == now >> BITS;
    long placed = isNear ? tick : Math.min(tick, now + ((SLOTS - 1L) << BITS));
    e.tick = placed;
    push(e, isNear ? (int) placed & (SLOTS - 1) : SLOTS + ((int) (placed >> BITS) & (SLOTS - 1)));
  }

  private void push(Entry e, int slot) {
    Entry first = heads[slot];
    e.before = null;
    e.after = first;
    if (first != null) {
      first.before = e;
    }
    heads[slot] = e;
    e.slot = slot;
    if (slot < SLOTS) {
      nearUsed[slot >> 6] |= 1L << slot;
    }
    size++;
  }

  private void unlink(Entry e) {
    int slot = e.slot;
    Entry previous = e.before;
    Entry next = e.after;
    if (next != null) {
      next.before = previous;
    }
    if (previous != null) {
      previous.after = next;
    } else {
      heads[slot] = next;
      if (next == null && slot < SLOTS) {
        nearUsed[slot >> 6] &= ~(1L << slot);
      }
    }
    e.before = null;
    e.after = null;
    e.slot = NONE;
    size--;
  }

  private long tickOf(long nanos) {
    // Rounded up: an entry never fires before its deadline.
    return (nanos - origin + (1L << SHIFT) - 1) >> SHIFT;
  }
}
