package org.wayfolk.transport;

import org.wayfolk.id.NodeId;

/**
 * One authenticated connection to a peer that moves whole frames in order, each way. TLS has proved
 * the peer's key; what it may do is decided above. All methods may be called from the node's loop
 * at any time, also after the link closed; none blocks.
 */
public interface Link {
  /** Distinct among all links this transport ever had; grows with time. */
  long serial();

  /** Who is at the other end, as its certificate proved. */
  NodeId peer();

  /** The peer's Ed25519 public key, 32 bytes; do not modify. */
  byte[] peerKey();

  /**
   * SHA-256 of the peer's leaf SubjectPublicKeyInfo, 32 bytes; with {@link #localSpkiHash} it names
   * this connection.
   */
  byte[] peerSpkiHash();

  /** SHA-256 of our own leaf SubjectPublicKeyInfo, 32 bytes. */
  byte[] localSpkiHash();

  /** The negotiated ALPN. */
  String alpn();

  /** Whether this side dialled. */
  boolean dialled();

  /** The token given to {@link Transport#dial}, or 0 for an accepted link. */
  long dialToken();

  /** Where packets of this link come from now; may change while it lives. */
  Address remote();

  /**
   * Hands a packet that holds one whole frame to the outbox of its class. True: the link owns the
   * packet now. False: it is still the caller's; the class's byte budget is used up or the link is
   * closed.
   */
  boolean offer(Packet packet, TrafficClass kind);

  /** Bytes waiting in the outbox of a class. */
  int queued(TrafficClass kind);

  /** Smoothed round trip in nanoseconds, 0 while unknown. */
  long roundTripNanos();

  /**
   * Closes after what is queued as control has left, or 1 s; {@code closed} follows. Idempotent.
   */
  void close(CloseReason why);
}
