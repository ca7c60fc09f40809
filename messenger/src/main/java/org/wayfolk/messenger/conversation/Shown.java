package org.wayfolk.messenger.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;

/**
 * One line of a conversation, as it is to be shown now.
 *
 * @param id names it; of a long text that travels in parts, the first part
 * @param conversation local number; the friend's, or 0 for notes to self
 * @param from the friend, 0 for us
 * @param at when it was written, in ms since the epoch by the writer's clock
 * @param receivedAt when it was stored here
 * @param text empty if deleted; for a note, empty
 * @param note for a line that no person wrote, which one; else null
 * @param replyTo what it answers; may be unknown here
 * @param order its place: lines are shown by this, compared as unsigned bytes
 */
public record Shown(
    EventId id,
    long conversation,
    long from,
    long at,
    long receivedAt,
    String text,
    State state,
    @Nullable Note note,
    boolean edited,
    boolean deleted,
    @Nullable EventId replyTo,
    List<Reaction> reactions,
    byte[] order) {

  /** Whether we wrote it. */
  public boolean mine() {
    return from == 0 && note == null;
  }

  /**
   * Who reacted with what.
   *
   * @param from the friend, 0 for us
   */
  public record Reaction(long from, String emoji) {}
}
