package org.wayfolk.admission;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Link;

/**
 * Envelopes that wait for their signature to be checked, served one link after the other, so that a
 * neighbour that floods waits behind itself.
 *
 * @param <T> what waits
 */
final class VerifyQueue<T extends VerifyQueue.Item> {
  /** What waits: it has a size and came over a link. */
  interface Item {
    Link from();

    int bytes();
  }

  /**
   * Envelopes a link: a burst of a thousand messages in two copies; a seventh of a second of one
   * worker.
   */
  static final int PER_LINK = 2_048;

  /** Bytes a link: forty of the largest messages. */
  static final int BYTES_PER_LINK = 2 << 20;

  /** Bytes of all links. */
  static final int MAX_BYTES = 32 << 20;

  private static final class Line<T> {
    private final Link link;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private int bytes;

    Line(Link link) {
      this.link = link;
    }
  }

  private final IdentityHashMap<Link, Line<T>> lines = new IdentityHashMap<>();
  private final ArrayDeque<Line<T>> turns = new ArrayDeque<>();
  private int bytes;

  /** Appends; false if that link's line is full. */
  boolean add(T item) {
    Line<T> line = lines.get(item.from());
    if (bytes + item.bytes() > MAX_BYTES) {
      return false;
    }
    if (line == null) {
      line = new Line<>(item.from());
      lines.put(item.from(), line);
      turns.add(line);
    } else if (line.waiting.size() >= PER_LINK || line.bytes + item.bytes() > BYTES_PER_LINK) {
      return false;
    }
    line.waiting.add(item);
    line.bytes += item.bytes();
    bytes += item.bytes();
    return true;
  }

  /** What {@link #poll} would take. */
  @Nullable T peek() {
    Line<T> line = turns.peek();
    return line == null ? null : line.waiting.peek();
  }

  /** The next of the link whose turn it is, or null. */
  @Nullable T poll() {
    Line<T> line = turns.poll();
    if (line == null) {
      return null;
    }
    T item = line.waiting.remove();
    line.bytes -= item.bytes();
    bytes -= item.bytes();
    if (line.waiting.isEmpty()) {
      lines.remove(line.link);
    } else {
      turns.add(line);
    }
    return item;
  }

  /** Drops what a link brought; answers how many. */
  int drop(Link link) {
    Line<T> line = lines.remove(link);
    if (line == null) {
      return 0;
    }
    turns.remove(line);
    bytes -= line.bytes;
    return line.waiting.size();
  }
}
