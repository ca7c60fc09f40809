package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;

/** Turns what a connection has to say into batches of packets, when and as far as it may speak. */
final class PacketWriter {
  /** Packets may leave so much ahead of quiche's pacing: about what a timer can tell. */
  private static final long PACING_SLACK_NANOS = 500_000L;

  /** A send time further away is of another clock than ours. */
  private static final long MAX_PACING_NANOS = 1_000_000_000L;

  private final Batches out;
  private final QuicheBridge.Engine engine;
  private final PeerAddress peer;
  private final int payload;
  private final boolean paced;
  private long paceUntil;
  private boolean broken;
  private boolean drained;

  PacketWriter(
      Batches out, QuicheBridge.Engine engine, PeerAddress peer, int payload, boolean paced) {
    this.out = out;
    this.engine = engine;
    this.peer = peer;
    this.payload = payload;
    this.paced = paced;
  }

  /** Sends up to one batch; answers whether to come again at once. See {@link #drained}. */
  boolean write(long now) {
    drained = false;
    if (out.blocked()) {
      return true;
    }
    if (pause(now) > 0) {
      return false;
    }
    long room = Math.min(out.room(payload), peer.allowance());
    long base = out.buffer();
    long at = base;
    int segment = 0;
    while (at + payload - out.buffer() <= room) {
      int n = engine.send(at, payload);
      if (n <= 0) {
        drained = n == QuicheBridge.DONE || broken;
        // TLS has refused the peer: the next packet tells it.
        broken |= n != QuicheBridge.DONE;
        break;
      }
      if (segment == 0) {
        segment = n;
      } else if (n > segment) {
        // Only the last packet of a segmented send may differ, and only by being shorter.
        out.send(base, (int) (at - base), segment, peer.path());
        base = at;
        segment = n;
      }
      at += n;
      if (n < segment || (paced && tooEarly(now))) {
        break;
      }
    }
    if (at > base) {
      out.send(base, (int) (at - base), segment, peer.path());
    }
    peer.spent((int) (at - out.buffer()));
    return !drained && pause(now) == 0 && peer.allowance() >= payload;
  }

  private boolean tooEarly(long now) {
    long due = engine.sendAtNanos();
    if (due - now <= PACING_SLACK_NANOS || due - now > MAX_PACING_NANOS) {
      return false;
    }
    paceUntil = due;
    return true;
  }

  /** Nanoseconds until pacing lets the next packet go, 0 for now. */
  long pause(long now) {
    return paceUntil == 0 ? 0 : Math.max(0, paceUntil - now - PACING_SLACK_NANOS);
  }

  /** Whether the last write sent all there was. */
  boolean drained() {
    return drained;
  }

  /** Whether quiche gave up the connection while it was to send. */
  boolean broken() {
    return broken;
  }
}
