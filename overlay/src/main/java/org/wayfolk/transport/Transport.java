package org.wayfolk.transport;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;

/** A way to reach other nodes. Made by the application, started once by the node it is given to. */
public interface Transport extends AutoCloseable {

  /** The machine that nodes on this transport run on: clock, threads, randomness. */
  Host host();

  /**
   * Binds and begins to accept.
   *
   * @throws IOException if the address cannot be bound; the message says which and why, fit to show
   *     a user
   */
  void start(Credentials credentials, Limits limits, Events events) throws IOException;

  /** Where this node listens; empty before {@link #start}. The port is the real one. */
  List<Address> bound();

  /**
   * Begins to dial. Exactly one of {@code opened} (with this token) or {@code dialFailed} follows,
   * within 10 s of simulated or real time. Never blocks.
   *
   * @param token chosen by the caller, positive
   * @param to where
   * @param expected whom; another key there is {@link DialFailure#WRONG_KEY}. Null accepts anyone
   */
  void dial(long token, Address to, @Nullable NodeId expected);

  /**
   * Counters of this transport by name, in the order they are to be shown; refused and dropped
   * things included. All names of {@link CounterName} are there from the start.
   */
  java.util.Map<String, Long> counters();

  /** Where arriving frames are put, and where the node takes packets for its own. */
  PacketPool packets();

  /**
   * Closes every link, telling the other ends {@link CloseReason#LEAVING}, and frees the socket; no
   * event comes after this returns. Blocks until the transport's thread has ended. Idempotent.
   */
  @Override
  void close();

  /**
   * What the transport may use.
   *
   * @param maxLinks connections at once, both directions, half-open included
   * @param maxInbound accepted connections at once
   * @param maxInboundPerIp accepted connections at once from one IP address
   * @param maxHalfOpenPerIp accepted connections from one IP address that have not sent their first
   *     frame
   * @param firstFrameNanos how long an accepted connection may stay silent before it is closed
   */
  record Limits(
      int maxLinks,
      int maxInbound,
      int maxInboundPerIp,
      int maxHalfOpenPerIp,
      long firstFrameNanos) {
    /** The defaults of docs/protocol/link.md. */
    public static final Limits DEFAULT = new Limits(1024, 256, 32, 8, 10_000_000_000L);
  }

  /**
   * What happens on a transport. Called on the transport's own thread (in simulation: the test's),
   * in order per link; implementations only enqueue.
   */
  interface Events {
    /** The handshake of a link is done. For an accepted link this comes before its first frame. */
    void opened(Link link);

    /**
     * A whole record (one frame) arrived. True: the node owns the packet. False: its inbox is full,
     * the packet is still the transport's, which drops and counts it.
     */
    boolean received(Link link, Packet packet);

    /** A link that was opened is gone. Once per link, last of its events. */
    void closed(Link link, CloseReason why);

    /** A dial gave no link. */
    void dialFailed(long token, Address to, DialFailure why);
  }
}
