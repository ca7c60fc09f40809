package org.wayfolk.messenger.conversation;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;

/**
 * One event as kept, or a note of ours.
 *
 * @param number of the row
 * @param author the friend, 0 for us
 * @param kind of the event; {@link #NOTE} for a note
 * @param line whether it is shown
 * @param piece of a text or an edit: 1 if it is whole, 0 for the first part of one that is not, -i
 *     for its i-th further part; of a delete: 1 for all, 0 for us alone
 * @param target what it is about; of a further part, the first one
 * @param note for a note, which
 * @param bytes the event, sealed; null for a note
 * @param text sealed; what is shown in place of the event's own text
 */
record Kept(
    long number,
    EventId id,
    long talk,
    long author,
    int device,
    long sequence,
    int kind,
    byte[] place,
    boolean line,
    int flags,
    long at,
    long received,
    long readAt,
    int piece,
    @Nullable EventId target,
    @Nullable String note,
    byte @Nullable [] bytes,
    byte @Nullable [] text) {
  /** The kind of notes: no event has it. */
  static final int NOTE = 0;

  static final int EDITED = 1;

  /** Deleted for all. */
  static final int DELETED = 2;

  /** Deleted for us. */
  static final int HIDDEN = 4;

  /** Taken back before it left: stays here, goes nowhere. */
  static final int CANCELLED = 8;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether its content is no more. */
  boolean gone() {
    return has(DELETED | HIDDEN);
  }

  boolean mine() {
    return author == 0 && note == null;
  }
}
