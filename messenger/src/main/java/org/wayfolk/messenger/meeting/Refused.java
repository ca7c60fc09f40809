package org.wayfolk.messenger.meeting;

import java.util.Locale;

/** Why a payload of a meeting was met with silence; each is counted. */
enum Refused {
  /** It is no payload of a meeting. */
  MALFORMED,
  /** No invitation, attempt or code has its id. */
  UNKNOWN,
  /** It was not sealed under the secret, for this pair, in this network. */
  NOT_SEALED,
  /** More a minute than an invitation or the codes may cause. */
  TOO_OFTEN,
  /** It comes from a friend that is blocked. */
  BLOCKED,
  /** It asks for a code, and there has been none for an hour. */
  NO_CODE,
  /** It comes from another node than the one that was asked, or out of its order. */
  UNASKED,
  /** A session's payload inside did not hold. */
  SESSION;

  /** The name that counters have. */
  String key() {
    return "meeting_" + name().toLowerCase(Locale.ROOT);
  }
}
