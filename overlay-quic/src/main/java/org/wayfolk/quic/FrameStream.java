package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import org.wayfolk.transport.OutboxLimits;

/**
 * The one stream of a connection: bidirectional, opened by the dialler, a sequence of records each
 * way. Notices when nothing gets through any more.
 */
final class FrameStream {
  private static final long ID = 0;

  /**
   * Stream bytes read in one turn, in units of the loop's buffer: a sender never starves the
   * others.
   */
  private static final int READS_PER_TURN = 4;

  /** What became of a turn. */
  enum Result {
    /** All done for now. */
    IDLE,
    /** There is more to read. */
    MORE,
    /** The peer has ended the stream. */
    ENDED,
    /** What came are no records. */
    MALFORMED
  }

  private final QuicheBridge.Engine engine;
  private final Records records;
  private final Counters counters;
  private boolean open;
  private boolean readable;
  private long stalledAt;
  private long unansweredAt;

  FrameStream(QuicheBridge.Engine engine, Records records, Counters counters, boolean dialled) {
    this.engine = engine;
    this.records = records;
    this.counters = counters;
    // An acceptor cannot write before it has seen the stream.
    this.open = dialled;
  }

  /** A packet came: there may be something to read, and the peer lives. */
  void heard() {
    readable = true;
    unansweredAt = 0;
  }

  /** Reads what has arrived, up to a bound. */
  Result read(long buffer, int room, Records.Sink sink) {
    for (int i = 0; readable && i < READS_PER_TURN; i++) {
      int n = engine.streamReceive(ID, buffer, room);
      if (n < 0) {
        readable = false;
        return open && QuicheBridge.reset(n) ? Result.ENDED : Result.IDLE;
      }
      open = true;
      if (!records.take(buffer, n, sink)) {
        return Result.MALFORMED;
      }
      if (engine.finished()) {
        return Result.ENDED;
      }
    }
    return readable ? Result.MORE : Result.IDLE;
  }

  /** Hands to quiche what it takes from the outbox. */
  Result write(Outbox outbox, long now) {
    if (!open) {
      return Result.IDLE;
    }
    for (int n = outbox.peek(); n > 0; n = outbox.peek()) {
      int taken = engine.streamSend(ID, outbox.at(), n);
      if (taken < 0 && taken != QuicheBridge.DONE) {
        return Result.ENDED;
      }
      if (taken > 0) {
        counters.add(Counter.FRAMES_OUT, outbox.sent(taken));
        stalledAt = 0;
        unansweredAt = unansweredAt == 0 ? now : unansweredAt;
      }
      if (taken < n) {
        stalledAt = stalledAt == 0 ? now : stalledAt;
        return Result.IDLE;
      }
    }
    stalledAt = 0;
    return Result.IDLE;
  }

  /** Whether the acceptor may write. */
  boolean open() {
    return open;
  }

  /**
   * When this stream counts as stalled if nothing happens: the peer has taken nothing that waits,
   * or has answered nothing that left, for too long. {@link Long#MAX_VALUE} if nothing waits.
   */
  long stallsAt() {
    long since = stalledAt == 0 ? unansweredAt : stalledAt;
    if (since == 0) {
      return Long.MAX_VALUE;
    }
    if (unansweredAt != 0 && unansweredAt - since < 0) {
      since = unansweredAt;
    }
    return since + OutboxLimits.STALL_NANOS;
  }

  /** Gives back what is unfinished. */
  void close() {
    records.close();
  }
}
