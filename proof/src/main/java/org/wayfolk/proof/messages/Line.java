package org.wayfolk.proof.messages;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a conversation as its user sees it.
 *
 * @param mine whether the user wrote it
 * @param note whether nobody wrote it: a note of the program
 * @param delivered of a line of the user's own: whether it is shown as delivered
 */
record Line(
    Id id,
    boolean mine,
    boolean note,
    boolean delivered,
    String text,
    boolean edited,
    boolean deleted,
    @Nullable Id replyTo,
    Set<Reaction> reactions,
    Place place) {

  /** Who reacted how. */
  record Reaction(boolean mine, String emoji) {
    /** The same as the other side sees it. */
    Reaction mirrored() {
      return new Reaction(!mine, emoji);
    }
  }
}
