package org.wayfolk.proof.messages;

/** What a user's messenger says by itself. Called inside the world: may look, but must not wait. */
interface Ears {
  /** A message of a friend is shown. */
  void arrived(int friend, Id message);

  /** A message of the user's own is shown as delivered. */
  void delivered(Id message);
}
