package org.wayfolk.messenger.session;

/** Why a payload was not taken; each is counted. */
public enum Refusal {
  /** From nobody we know, or somebody blocked. */
  STRANGER,
  /** It does not decode. */
  MALFORMED,
  /** Its device list or its signature is not right. */
  FORGED,
  /** No session opens it. */
  UNREADABLE,
  /** Its sender knows of messages that this disk has forgotten. */
  LOST_STATE,
  /** A request, too soon after another. */
  TOO_SOON,
  /** A beginning with prekeys that are not here (any more). */
  LOST_PREKEY,
  /** Accepted before. */
  REPEATED
}
