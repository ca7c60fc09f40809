package org.wayfolk.daemon.run;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Raw messages in memory until somebody reads them. Several readers each get all that come while
 * they read; what nobody has read waits for the next reader. Any thread.
 *
 * @param <T> a message
 */
final class Ring<T> {
  /** How many may wait: 48 MiB of the largest messages, and hours of a chatty peer's small ones. */
  static final int SIZE = 1_000;

  private final ArrayDeque<T> kept = new ArrayDeque<>();
  private final int size;
  private long first; // number of the oldest kept
  private long read; // number of the oldest that nobody has read
  private int readers;
  private boolean closed;

  Ring(int size) {
    this.size = size;
  }

  /**
   * Keeps a message.
   *
   * @return false if there is no room for it: so many wait that nobody has read
   */
  synchronized boolean offer(T message) {
    if (closed) {
      return false;
    }
    if (kept.size() == size) {
      if (first == read) {
        return false;
      }
      kept.poll(); // somebody has read it; a reader who is slower than others misses it
      first++;
    }
    kept.add(message);
    notifyAll();
    return true;
  }

  /** How many wait that nobody has read. */
  synchronized int unread() {
    return (int) (first + kept.size() - read);
  }

  /** Lets all readers go. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** A new reader, who begins with what nobody has read. */
  synchronized Reader reader() {
    readers++;
    return new Reader(read);
  }

  /** One who reads on from message to message. For one thread. */
  final class Reader implements AutoCloseable {
    private long at;
    private long missed;

    Reader(long at) {
      this.at = at;
    }

    /** Waits for the next message, without taking it; null once the ring is closed. */
    @Nullable T peek() throws InterruptedException {
      synchronized (Ring.this) {
        while (at >= first + kept.size()) {
          if (closed) {
            return null;
          }
          Ring.this.wait();
        }
        if (at < first) {
          missed += first - at;
          at = first;
        }
        return get((int) (at - first));
      }
    }

    private @Nullable T get(int index) {
      int i = 0;
      for (T message : kept) {
        if (i++ == index) {
          return message;
        }
      }
      return null;
    }

    /** The peeked message was handed on: it is read. */
    void taken() {
      synchronized (Ring.this) {
        at++;
        read = Math.max(read, at);
        while (readers == 1 && first < read) {
          kept.poll(); // nobody else is to see it
          first++;
        }
      }
    }

    /** How many messages were dropped before this reader came to them. */
    long missed() {
      return missed;
    }

    @Override
    public void close() {
      synchronized (Ring.this) {
        readers--;
      }
    }
  }
}
