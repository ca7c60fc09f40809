package org.wayfolk.daemon.web;

import java.util.ArrayDeque;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * What waits to be sent to one page, in order. Any thread; nobody who sends waits.
 *
 * <p>A page that does not read costs itself its socket, never the node its memory nor another page
 * its news: it reconnects and reads what it has missed.
 */
final class Outgoing {
  /** Most that may wait: two answers of the longest kind. */
  static final int MAX_WAITING = 8 << 20;

  private final Session session;
  private final Runnable tooSlow;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean sending;
  private boolean ended;

  /**
   * Nothing waits yet.
   *
   * @param tooSlow called once, when too much waits; the socket is cut already
   */
  Outgoing(Session session, Runnable tooSlow) {
    this.session = session;
    this.tooSlow = tooSlow;
  }

  /** Sends a frame when its turn comes; false if the socket is gone. */
  boolean offer(String frame) {
    synchronized (this) {
      if (ended) {
        return false;
      }
      if (bytes + size(frame) <= MAX_WAITING) {
        waiting.add(frame);
        bytes += size(frame);
        if (sending) {
          return true;
        }
        sending = true;
      } else {
        end();
      }
    }
    if (!isOpen()) {
      session.disconnect();
      tooSlow.run();
      return false;
    }
    next();
    return true;
  }

  private synchronized boolean isOpen() {
    return !ended;
  }

  /** Sends nothing any more. */
  synchronized void end() {
    ended = true;
    waiting.clear();
  }

  /** One frame at a time. Callbacks may come on this very stack, so they only set a flag then. */
  private void next() {
    while (true) {
      String frame;
      synchronized (this) {
        frame = waiting.peek();
        if (frame == null) {
          sending = false;
          return;
        }
      }
      Turn turn = new Turn();
      session.sendText(frame, Callback.from(() -> turn.over(frame), e -> end()));
      if (turn.later()) {
        return;
      }
    }
  }

  /** The sending of one frame: whoever comes second, sender or callback, goes on. */
  private final class Turn {
    private boolean first = true;

    private synchronized boolean second() {
      boolean was = !first;
      first = false;
      return was;
    }

    void over(String frame) {
      synchronized (Outgoing.this) {
        waiting.poll();
        bytes -= size(frame);
      }
      if (second()) {
        next();
      }
    }

    boolean later() {
      return !second();
    }
  }

  /** What a frame takes here, and about what it takes on its way. */
  private static int size(String frame) {
    return frame.length() + 64;
  }
}
