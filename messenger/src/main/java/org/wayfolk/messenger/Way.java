package org.wayfolk.messenger;

/**
 * The way that the next message to a friend would take, as far as that is known.
 *
 * @param friend local number
 * @param others how many nodes lay between, when something last arrived; 0 unless THROUGH
 * @param millis round trip of what last arrived; 0 if unknown
 * @param since ms since the epoch: of AWAY when something last arrived or they were seen, of
 *     THROUGH when something last arrived; 0 if unknown
 */
public record Way(long friend, Kind kind, int others, long millis, long since) {
  /** Which sort of way. */
  public enum Kind {
    /** A link to one of their devices is up. */
    DIRECT,
    /** Through other nodes. */
    THROUGH,
    /** Their devices did not answer when they were tried last. */
    AWAY,
    /** Nothing was sent yet that would tell. */
    UNKNOWN
  }
}
