package org.wayfolk.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What will happen, ordered by time and then by the order of scheduling: total, so that two runs
 * are alike. A binary heap whose entries know their place, so that a deadline can be moved without
 * leaving a dead entry behind.
 */
final class EventQueue {
  private @Nullable Event[] heap = new @Nullable Event[256];
  private int size;
  private long orders;

  /** Schedules an event, or moves one that is scheduled already. */
  void schedule(Event e, long at) {
    if (e.slot >= 0) {
      cancel(e);
    }
    e.at = at;
    e.order = orders++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, e);
  }

  /** Takes an event out; does nothing if it is not scheduled. */
  void cancel(Event e) {
    int hole = e.slot;
    if (hole < 0) {
      return;
    }
    e.slot = -1;
    Event last = entry(--size);
    heap[size] = null;
    if (hole == size) {
      return;
    }
    if (hole > 0 && last.before(entry((hole - 1) >>> 1))) {
      up(hole, last);
    } else {
      down(hole, last);
    }
  }

  /** Takes the first event that is not after {@code limit}, or null. */
  @Nullable Event poll(long limit) {
    if (size == 0) {
      return null;
    }
    Event first = entry(0);
    if (first.at > limit) {
      return null;
    }
    cancel(first);
    return first;
  }

  int size() {
    return size;
  }

  private Event entry(int i) {
    Event e = heap[i];
    if (e == null) {
      throw new IllegalStateException("heap has a hole");
    }
    return e;
  }

  private void put(int i, Event e) {
    heap[i] = e;
    e.slot = i;
  }

  private void up(int start, Event e) {
    int i = start;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      Event p = entry(parent);
      if (!e.before(p)) {
        break;
      }
      put(i, p);
      i = parent;
    }
    put(i, e);
  }

  private void down(int start, Event e) {
    int i = start;
    for (int half = size >>> 1; i < half; ) {
      int child = 2 * i + 1;
      if (child + 1 < size && entry(child + 1).before(entry(child))) {
        child++;
      }
      Event c = entry(child);
      if (!c.before(e)) {
        break;
      }
      put(i, c);
      i = child;
    }
    put(i, e);
  }
}
