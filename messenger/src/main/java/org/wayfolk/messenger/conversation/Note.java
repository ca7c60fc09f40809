package org.wayfolk.messenger.conversation;

import java.util.Locale;

/** Lines of a conversation that no person wrote. Whoever talks to a person has words for each. */
public enum Note {
  /** The two became friends. */
  MET,
  /**
   * The session was made anew because one side had lost it (a restored backup, an older disk): what
   * only the lost session held was sent again.
   */
  SESSION_RENEWED,
  /** The friend has another device than before, certified by the same root. */
  NEW_DEVICE,
  /** A device of the friend was revoked. */
  DEVICE_REVOKED,
  /** Two different device lists of the friend with one number: somebody may be pretending. */
  DEVICE_FORK,
  /** The friend's clock differs from ours by more than two minutes. */
  CLOCK_DIFFERS,
  /** The friend calls themselves otherwise than before. */
  RENAMED,
  /** Something that only a newer version of the program can show. It was kept. */
  FROM_NEWER_VERSION;

  /** The name that scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
