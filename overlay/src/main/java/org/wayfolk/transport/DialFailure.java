package org.wayfolk.transport;

/** Why a dial gave no link. */
public enum DialFailure {
  /** Nobody answered in time. */
  UNREACHABLE,
  /** Somebody answered who holds another key than the one we wanted. */
  WRONG_KEY,
  /** The other side speaks none of our protocols, or no valid certificate. */
  INCOMPATIBLE,
  /** The other side closed during the handshake. */
  REFUSED,
  /**
   * This transport is closed, has too many dials under way, or cannot reach that kind of address.
   */
  LOCAL
}
