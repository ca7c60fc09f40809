package org.wayfolk.messenger.ratchet;

/**
 * What became of a payload that was given to {@link Ratchet#open}. Only {@link Opened} changes the
 * state; with all others the caller goes on with the one it has.
 */
public sealed interface Opening {

  /**
   * It is authentic and new.
   *
   * @param next the state to keep, in the same transaction as what the text causes
   * @param plaintext what was sealed, without the padding
   */
  record Opened(RatchetState next, byte[] plaintext) implements Opening {

    /** Nothing secret. */
    @Override
    public String toString() {
      return "Opened";
    }
  }

  /**
   * No header key of this state opens it: it belongs to another session, or to a chain of this one
   * that is long over, or was altered.
   */
  record NotForThis() implements Opening {}

  /** Authentic header, but it would skip more than {@link Ratchet#MAX_SKIP} messages of a chain. */
  record TooFar() implements Opening {}

  /**
   * Authentic header of a message whose key is gone: opened before (a duplicate; or, with other
   * bytes, a peer whose state went back), or expired.
   */
  record Used() implements Opening {}

  /**
   * Authentic header, but the rest does not follow: the body was altered, or the two states have
   * parted because one went back in time.
   *
   * @param why a constant phrase for the log
   */
  record Broken(String why) implements Opening {}
}
