package org.wayfolk.messenger.conversation;

import java.util.Locale;

/**
 * What is shown beside a message. Of several devices the furthest counts; the rest is on request.
 */
public enum State {
  /** Not ours: it came from the other side. */
  RECEIVED,
  /** Kept here, waiting. */
  QUEUED,
  /** On its way. */
  SENT,
  /** Stored by the other side. */
  DELIVERED,
  /** Read there, as far as its user lets us know. */
  READ,
  /** Not to be tried any more. */
  FAILED;

  /** The name that scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
