package org.wayfolk.quic;

/**
 * Where the peer of a connection is. It moves when a packet from elsewhere was authentic (RFC 9000
 * 9.3): who changes networks keeps its links, and who forges a source gets nothing sent there.
 *
 * <p>A copy of a genuine packet that overtakes it can still be made to come from a victim. So a new
 * address is first sent little more than came from it, and the next genuine packet moves the
 * connection back to where it was believed to be.
 */
final class PeerAddress {
  /**
   * Bytes sent to a new address for each byte from it, as RFC 9000 8.1 allows toward an unproven
   * one.
   */
  private static final int FACTOR = 3;

  /**
   * What an authentic packet allows at least: four packets, enough to get the next one out of a
   * peer that only acknowledges.
   */
  private static final int MIN_GRANT = 4 * 1452;

  /** Authentic packets after which an address is believed: a copied one or two do not suffice. */
  private static final int PROOF = 8;

  private Path path;
  private Path believed;
  private int proofs = PROOF;
  private long allowance = Long.MAX_VALUE;

  PeerAddress(Path path) {
    this.path = path;
    believed = path;
  }

  Path path() {
    return path;
  }

  boolean is(long hi, long lo, int port) {
    return path.is(hi, lo, port);
  }

  /** Whether packets from here must be watched, because the address is new. */
  boolean unproven() {
    return proofs < PROOF;
  }

  /** An authentic packet came from elsewhere. */
  void move(Path to, int length) {
    if (to.equals(believed)) {
      path = to;
      proofs = PROOF;
      allowance = Long.MAX_VALUE;
      return;
    }
    path = to;
    proofs = 1;
    allowance = grant(length);
  }

  /** Another authentic packet came from the new address. */
  void prove(int length) {
    if (++proofs < PROOF) {
      allowance += grant(length);
    } else {
      allowance = Long.MAX_VALUE;
      believed = path;
    }
  }

  private static long grant(int length) {
    return Math.max(MIN_GRANT, (long) FACTOR * length);
  }

  /** How many bytes may be sent now. */
  long allowance() {
    return allowance;
  }

  void spent(int bytes) {
    if (allowance != Long.MAX_VALUE) {
      allowance -= bytes;
    }
  }
}
