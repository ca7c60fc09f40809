package org.wayfolk.messenger.meeting;

import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/** What a meeting needs of people and of sessions, in its own words. */
interface Circle {
  /** How we introduce ourselves. */
  Hello.Self self(Turn turn);

  /** The friend of that card; those only proposed are none. */
  Optional<Known> known(Turn turn, Card card);

  /**
   * Prepares a friend that nobody sees before {@link #befriend}: so that a session can be made. A
   * friend of that card stays as they are.
   *
   * @return the local number
   */
  long propose(Turn turn, Introduced who);

  /** Takes back {@link #propose} and the session with it; a friend stays one. */
  void withdraw(Turn turn, long proposed);

  /**
   * Makes a friend, or brings one up to date who is one already: then the name stays.
   *
   * @param name what we would like to call them
   */
  Made befriend(Turn turn, Introduced who, String name);

  /** A bundle of our prekeys with a fresh one-time prekey. */
  byte[] bundle(Turn turn);

  /**
   * The first payload of a new session, which becomes the active one.
   *
   * @throws Malformed if the bundle is not what that device signed
   */
  byte[] first(Turn turn, long friend, Introduced to, byte[] bundle, Opening opening)
      throws Malformed;

  /**
   * Takes the first payload of a new session, and answers its content.
   *
   * @throws Malformed if it does not hold
   */
  byte[] acceptFirst(Turn turn, long friend, Introduced from, byte[] payload, byte[] psk)
      throws Malformed;

  /** A further payload of the active session. */
  byte[] seal(Turn turn, long friend, Introduced to, byte[] content);

  /**
   * The content of a further payload.
   *
   * @throws Malformed if it does not open
   */
  byte[] open(Turn turn, NodeId from, byte[] payload) throws Malformed;

  /** A friend. */
  record Known(long id, String name, boolean blocked) {}

  /**
   * A friend after {@link #befriend}.
   *
   * @param fresh whether they were none before
   */
  record Made(long id, boolean fresh) {}

  /** What the first payload is bound to, and what it says. */
  record Opening(byte[] psk, byte[] content) {}
}
