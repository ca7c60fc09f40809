package org.wayfolk.messenger.conversation;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;

/**
 * A conversation as a list shows it.
 *
 * @param friend local number; 0 for notes to self
 * @param unread lines not read yet
 * @param firstUnread the oldest of those; null if there is none
 * @param draft what is typed and not sent yet; else empty
 * @param last null if nothing is in it
 */
public record Brief(
    long friend,
    Choices choices,
    int unread,
    @Nullable EventId firstUnread,
    String draft,
    @Nullable Line last) {

  /**
   * What its user has chosen for it.
   *
   * @param muted whether nothing is to be said of what comes
   * @param pinned whether it stands above the others
   * @param archived whether it is out of the way
   */
  public record Choices(boolean muted, boolean pinned, boolean archived) {
    /** Nothing chosen. */
    public static final Choices NONE = new Choices(false, false, false);
  }

  /** One choice; its name is the column's. */
  public enum Choice {
    /** Nothing is to be said of what comes. */
    MUTED,
    /** It stands above the others. */
    PINNED,
    /** It is out of the way. */
    ARCHIVED
  }
}
