package org.wayfolk.protocol;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/**
 * What a protocol may ask for while it handles one input, and the only things of the outside it may
 * look at. Valid during the call only. {@link #offer} answers at once, because the next candidate
 * depends on it; inputs for other protocols ({@link #emit}) are handled after the call returns.
 */
public interface Effects {
  /** Monotonic nanoseconds; the same throughout one input. */
  long now();

  /** Wall-clock milliseconds; the same throughout one input. */
  long wallMillis();

  /**
   * Wall-clock milliseconds as most of the network has them ({@link org.wayfolk.time.NetworkTime}):
   * for when a message was sent and whether one is fresh, never for when something ends.
   */
  default long networkMillis() {
    return wallMillis();
  }

  /** The node's randomness. */
  RandomGenerator random();

  /** An empty packet of at least {@code capacity} bytes, owned by the caller. */
  Packet packet(int capacity);

  /**
   * Hands a packet with one frame to a link. True: it is the link's now. False: still the caller's
   * (outbox full or link closed), to offer elsewhere or release.
   */
  boolean offer(Link link, Packet packet, TrafficClass kind);

  /** {@link #offer} of a copy of {@code frame}; releases it if refused. */
  default boolean send(Link link, byte[] frame, TrafficClass kind) {
    Packet p = packet(frame.length);
    System.arraycopy(frame, 0, p.array(), 0, frame.length);
    p.set(0, frame.length);
    if (offer(link, p, kind)) {
      return true;
    }
    p.release();
    return false;
  }

  /** Closes a link; {@code LinkDown} follows. */
  void close(Link link, CloseReason why);

  /**
   * Begins to dial; {@code Opened} (hello) or {@code DialFailed} (whoever asked) follows. Answers
   * the dial's token.
   */
  long dial(Address to, @Nullable NodeId expected);

  /** Has {@code what} given to this protocol after {@code delayNanos}. */
  Timers.Handle timer(long delayNanos, Input.Timer what);

  /**
   * Runs a job on a worker and gives its result to this protocol. False if too much work waits
   * already: the job will not run, and the caller drops and counts.
   */
  boolean work(Supplier<? extends Input.Worked> job);

  /** Makes something known to the rooms above, after this call. */
  void emit(Input.Event event);

  /** Adds one to a counter. */
  void count(Tally what);

  /** Adds to a counter. */
  void count(Tally what, long n);
}
