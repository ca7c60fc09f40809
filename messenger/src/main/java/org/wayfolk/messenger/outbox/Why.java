package org.wayfolk.messenger.outbox;

import java.util.Locale;

/** What a delivery waits for, or why it failed. Whoever talks to a person has words for each. */
public enum Why {
  /** Nothing stands in its way: it is about to be tried, or has arrived. */
  NOTHING,
  /** This node has no link to anyone. */
  NO_ROUTE,
  /** The other device did not answer: it is off, or not reached. */
  NO_ANSWER,
  /** The other side is locked by its passphrase. */
  LOCKED,
  /** The other side could not read it: a new session is being made. */
  NEW_SESSION,
  /** The other side does not take it now. */
  REFUSED,
  /** Earlier ones to the same device go first. */
  BEHIND_OTHERS,
  /** The friend was removed or blocked, or the device revoked, before it arrived. */
  GONE,
  /** The user took it back before it left. */
  CANCELLED;

  /** The name that scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
