package org.wayfolk.transport;

/**
 * The counters that every transport keeps, under the names that {@link Transport#counters} shows. A
 * transport may have more.
 */
public final class CounterName {
  /** Links that were opened by us. */
  public static final String DIALLED = "dialled";

  /** Links that were opened by others. */
  public static final String ACCEPTED = "accepted";

  /** Frames handed to the network. */
  public static final String FRAMES_SENT = "frames_sent";

  /** Frames that came in whole. */
  public static final String FRAMES_RECEIVED = "frames_received";

  /** Frames that the node's inbox had no room for. */
  public static final String INBOX_FULL = "inbox_full";

  /** Offers that an outbox had no room for. */
  public static final String OUTBOX_FULL = "outbox_full";

  /** Inbound connections refused because {@link Transport.Limits#maxLinks} was reached. */
  public static final String REFUSED_LINKS = "refused_max_links";

  /** Inbound connections refused because {@link Transport.Limits#maxInbound} was reached. */
  public static final String REFUSED_INBOUND = "refused_max_inbound";

  /** Inbound connections refused because {@link Transport.Limits#maxInboundPerIp} was reached. */
  public static final String REFUSED_PER_IP = "refused_per_ip";

  /** Inbound connections refused because {@link Transport.Limits#maxHalfOpenPerIp} was reached. */
  public static final String REFUSED_HALF_OPEN = "refused_half_open";

  /** Handshakes in which the other end's certificate did not pass. */
  public static final String REFUSED_CERTIFICATE = "refused_certificate";

  /** Accepted links closed because their first frame did not come in time. */
  public static final String FIRST_FRAME_LATE = "first_frame_late";

  /** Links closed because nothing was acknowledged in time. */
  public static final String STALLED = "stalled";

  private CounterName() {}
}
