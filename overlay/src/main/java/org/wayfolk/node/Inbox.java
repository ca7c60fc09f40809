package org.wayfolk.node;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Packet;

/**
 * What waits for the loop, in the order it came: packets, which may be refused, and inputs, which
 * may not. Any thread puts; only the loop takes. Two deques change places, so that the loop takes a
 * batch under one lock.
 */
final class Inbox {
  /** Packets that may wait: some 50 ms of frames at the speed of a full loop. */
  static final int MAX_PACKETS = 8_192;

  /** Bytes of packets that may wait, so that large frames cannot take the heap. */
  static final int MAX_BYTES = 32 << 20;

  /** Commands of the application that may wait; above, {@code send} says backpressure. */
  static final int MAX_COMMANDS = 16_384;

  private ArrayDeque<Object> waiting = new ArrayDeque<>();
  private ArrayDeque<Object> taken = new ArrayDeque<>();
  private int packets;
  private int bytes;
  private int commands;
  private boolean closed;

  /** Takes over a packet; false if there is no room, then it is still the caller's. */
  synchronized boolean packet(Packet p) {
    if (closed || packets >= MAX_PACKETS || bytes + p.capacity() > MAX_BYTES) {
      return false;
    }
    packets++;
    bytes += p.capacity();
    waiting.add(p);
    return true;
  }

  /** Adds something bounded by its source: links, dials, jobs under way. */
  synchronized void input(Object input) {
    if (!closed) {
      waiting.add(input);
    }
  }

  /** Adds an application's command; false if too many wait or the node is closed. */
  synchronized boolean command(Object command) {
    if (closed || commands >= MAX_COMMANDS) {
      return false;
    }
    commands++;
    waiting.add(command);
    return true;
  }

  /** The next thing to do, or null. */
  @Nullable Object poll() {
    if (taken.isEmpty() && !swap()) {
      return null;
    }
    return taken.poll();
  }

  private synchronized boolean swap() {
    if (waiting.isEmpty()) {
      return false;
    }
    ArrayDeque<Object> empty = taken;
    taken = waiting;
    waiting = empty;
    packets = 0;
    bytes = 0;
    commands = 0;
    return true;
  }

  /**
   * Takes nothing more, and gives back what waited so that packets can be released and commands
   * answered.
   */
  synchronized ArrayDeque<Object> close() {
    closed = true;
    ArrayDeque<Object> rest = new ArrayDeque<>(taken);
    rest.addAll(waiting);
    taken.clear();
    waiting.clear();
    return rest;
  }
}
