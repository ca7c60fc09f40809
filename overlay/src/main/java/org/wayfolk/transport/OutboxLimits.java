package org.wayfolk.transport;

/**
 * The byte budgets of a link's outboxes, the same in every transport, so that what is refused in
 * simulation is refused in production. Together they bound what one silent peer can make us hold.
 */
public final class OutboxLimits {
  /**
   * Keepalive, hello and tables are small; a peer that leaves 256 KiB of them unread is not alive.
   */
  public static final int CONTROL = 256 << 10;

  /**
   * Some eighty of the largest messages of our own: a burst fits, a dead peer costs 4 MiB at most.
   */
  public static final int APPLICATION = 4 << 20;

  /** What is carried for strangers has other ways to go, so it waits least. */
  public static final int TRANSIT = 1 << 20;

  /** How long nothing may be acknowledged while something waits to be; then the link closes. */
  public static final long STALL_NANOS = 5_000_000_000L;

  private OutboxLimits() {}

  /** The budget of a class in bytes. */
  public static int of(TrafficClass kind) {
    return switch (kind) {
      case CONTROL -> CONTROL;
      case APPLICATION -> APPLICATION;
      case TRANSIT -> TRANSIT;
    };
  }
}
