package org.wayfolk.transport;

/**
 * Why a link ended; the ordinal never travels, {@link #code} does (QUIC application error code).
 */
public enum CloseReason {
  /** Nothing in particular; also what nodenet always sends. */
  NORMAL(0),
  /** A newer or preferred link to the same peer exists. */
  REPLACED(1),
  /** The peer is leaving or shutting down. */
  LEAVING(2),
  /** The other end speaks for another network. */
  WRONG_NETWORK(3),
  /** Certificate, signature or work did not verify. */
  REFUSED(4),
  /** No room for this peer. */
  FULL(5),
  /** The peer broke the protocol. */
  MALFORMED(6),
  /** The first frame, an answer or an acknowledgement did not come in time. */
  TIMEOUT(7),
  /** Made room for a more useful link. */
  EVICTED(8),
  /** Our own fault: counted as a bug. */
  INTERNAL(9),
  /** Both ends said that they can do without the link. */
  SURPLUS(10);

  private final int code;

  CloseReason(int code) {
    this.code = code;
  }

  /** What the other side is told. */
  public int code() {
    return code;
  }

  /** The reason for a code; unknown ones are {@link #NORMAL}. */
  public static CloseReason of(long code) {
    for (CloseReason r : values()) {
      if (r.code == code) {
        return r;
      }
    }
    return NORMAL;
  }
}
