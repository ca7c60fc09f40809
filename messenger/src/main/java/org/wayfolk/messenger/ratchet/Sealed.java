package org.wayfolk.messenger.ratchet;

/**
 * A sealed message and the state after it. The state is stored before a byte of the payload leaves.
 *
 * @param next the state to keep
 * @param payload the bytes for the peer; with what the caller puts around them a size of {@link
 *     Padding}
 */
public record Sealed(RatchetState next, byte[] payload) {

  /** Nothing secret. */
  @Override
  public String toString() {
    return "Sealed";
  }
}
