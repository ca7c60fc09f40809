package org.wayfolk.messenger.work;

import java.util.Locale;

/**
 * What a command cannot do, for a reason that its user can do something about. Thrown inside a turn
 * it undoes the job that threw it, and nothing else; the future of that job carries it.
 */
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. Whoever talks to a person has words for each, and what to do about it. */
  public enum Reason {
    /** The store is locked by a passphrase. */
    LOCKED,
    /** The passphrase is another one. */
    WRONG_PASSPHRASE,
    /** The disk is full or failed; nothing of the job was kept. */
    DISK,
    /** Nobody is called that, or no message has that id. The detail is what was asked for. */
    UNKNOWN,
    /** Several are called so. The detail lists them, separated by commas. */
    AMBIGUOUS,
    /** What was typed is not what it should be. The detail says how. */
    MALFORMED,
    /** Longer than may be. The detail says how long it may be. */
    TOO_LONG,
    /** It is for another network; the detail is that network's name. */
    OTHER_NETWORK,
    /** The invitation has expired. */
    EXPIRED,
    /** Somebody has used the invitation already. */
    USED,
    /** The inviter has taken the invitation back. */
    CANCELLED,
    /** It is one's own invitation, card or code. */
    OWN,
    /** The two are friends already; the detail is the name. */
    ALREADY_FRIENDS,
    /** The code is not right; the detail is how many tries are left. */
    WRONG_CODE,
    /** The code was tried too often and is gone. */
    TOO_MANY_TRIES,
    /** Nobody who could have made this invitation or code is reached now. */
    NOT_REACHED,
    /** Who answered cannot prove to be the inviter. */
    NOT_THE_INVITER,
    /** The friend is blocked; unblock first. */
    BLOCKED,
    /** It cannot be done to this message, for instance editing another's. The detail says why. */
    NOT_POSSIBLE,
    /** So many wait that no more are taken now. */
    TOO_MANY,
    /** The messenger is being closed. */
    CLOSED;

    /** The name that scripts see. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;
  private final String detail;

  /** Trouble without a detail. */
  public Trouble(Reason reason) {
    this(reason, "");
  }

  /**
   * Trouble with a detail.
   *
   * @param detail for people; may name them, so it is never logged
   */
  public Trouble(Reason reason, String detail) {
    super(reason.key() + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What the reason says that it is; else empty. */
  public String detail() {
    return detail;
  }
}
