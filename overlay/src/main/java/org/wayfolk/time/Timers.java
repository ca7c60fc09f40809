package org.wayfolk.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one loop: a binary heap ordered by time, then by order of setting, so that equal
 * deadlines fire alike in every run. Owned by one thread. Cancelling marks an entry; it leaves the
 * heap when its time comes or when more than half of the heap is marked.
 *
 * @param <T> what is handed back when a deadline passes
 */
public final class Timers<T> {

  /** A deadline that was set; {@link #cancel} forgets it. */
  public static final class Handle {
    private final long deadline;
    private final long order;
    private @Nullable Object value;
    private final int[] cancelled;

    private Handle(long deadline, long order, Object value, int[] cancelled) {
      this.deadline = deadline;
      this.order = order;
      this.value = value;
      this.cancelled = cancelled;
    }

    /** Forgets the deadline; does nothing if it has fired or was cancelled before. */
    public void cancel() {
      if (value != null) {
        value = null;
        cancelled[0]++;
      }
    }

    private boolean before(Handle other) {
      long delta = deadline - other.deadline;
      return delta != 0 ? delta < 0 : order - other.order < 0;
    }
  }

  private @Nullable Handle[] heap = new @Nullable Handle[64];
  private int size;
  private long orders;
  private final int[] cancelled = new int[1];

  /** Sets a deadline in monotonic nanoseconds. */
  public Handle at(long deadlineNanos, T value) {
    if (cancelled[0] > 32 && cancelled[0] > size / 2) {
      purge();
    }
    Handle h = new Handle(deadlineNanos, orders++, value, cancelled);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, h);
    return h;
  }

  /** Takes the next value whose deadline is not after {@code nowNanos}, or null. */
  @SuppressWarnings("unchecked")
  public @Nullable T poll(long nowNanos) {
    while (size > 0) {
      Handle top = first();
      if (top.value != null && top.deadline - nowNanos > 0) {
        return null;
      }
      Object value = top.value;
      top.value = null;
      removeFirst();
      if (value != null) {
        return (T) value;
      }
      cancelled[0]--;
    }
    return null;
  }

  /** The earliest deadline, or {@link Long#MAX_VALUE} if there is none. */
  public long next() {
    while (size > 0) {
      Handle top = first();
      if (top.value != null) {
        return top.deadline;
      }
      removeFirst();
      cancelled[0]--;
    }
    return Long.MAX_VALUE;
  }

  /** Deadlines that are set and not cancelled. */
  public int size() {
    return size - cancelled[0];
  }

  /** Entries the heap holds, cancelled ones included. */
  int held() {
    return size;
  }

  private Handle first() {
    return entry(0);
  }

  private Handle entry(int i) {
    Handle h = heap[i];
    if (h == null) {
      throw new IllegalStateException("heap has a hole");
    }
    return h;
  }

  private void removeFirst() {
    Handle last = entry(--size);
    heap[size] = null;
    if (size > 0) {
      down(0, last);
    }
  }

  private void up(int i, Handle h) {
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      Handle p = entry(parent);
      if (!h.before(p)) {
        break;
      }
      heap[i] = p;
      i = parent;
    }
    heap[i] = h;
  }

  private void down(int i, Handle h) {
    for (int half = size >>> 1; i < half; ) {
      int child = 2 * i + 1;
      if (child + 1 < size && entry(child + 1).before(entry(child))) {
        child++;
      }
      Handle c = entry(child);
      if (!c.before(h)) {
        break;
      }
      heap[i] = c;
      i = child;
    }
    heap[i] = h;
  }

  private void purge() {
    @Nullable Handle[] old = heap;
    int n = size;
    heap = new @Nullable Handle[old.length];
    size = 0;
    cancelled[0] = 0;
    for (int i = 0; i < n; i++) {
      Handle h = old[i];
      if (h != null && h.value != null) {
        up(size++, h);
      }
    }
  }
}
