package org.wayfolk.messenger.conversation;

/**
 * A conversation as kept.
 *
 * @param number local: of two people the friend's, 0 for notes to self
 * @param kind which sort; groups will be another
 * @param mine our number among its writers, for places
 * @param theirs the friend's
 * @param lamport the highest time seen
 * @param skewedAt when it was last said that the friend's clock differs; 0 if never
 */
record Talk(long number, int kind, int mine, int theirs, long lamport, long skewedAt) {
  /** Notes to self. */
  static final int NOTES = 0;

  /** Two people. */
  static final int TWO = 1;

  /** The number of notes to self. */
  static final long NOTES_NUMBER = 0;

  /** The number of a writer, for places. */
  int writer(long author) {
    return author == 0 ? mine : theirs;
  }

  Talk at(long time) {
    return new Talk(number, kind, mine, theirs, time, skewedAt);
  }
}
