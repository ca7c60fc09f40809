package org.wayfolk.messenger.conversation;

import java.util.Locale;
import org.wayfolk.messenger.event.Event;

/** What became of an event that came from another device. In each case it need not come again. */
public sealed interface Accepted {

  /**
   * It is new, and kept. What is not a conversation's, its reader does: a {@code Name}, a list of
   * {@code Devices}.
   */
  record Taken(Event event) implements Accepted {}

  /** It was here before, or something newer makes it void. */
  record Known(Event event) implements Accepted {}

  /** It was dropped, and counted. */
  record Refused(Refusal why) implements Accepted {}

  /** Why an event is dropped. */
  enum Refusal {
    /** It does not decode. */
    MALFORMED,
    /** Its author is not the person whose device it came from. */
    NOT_THE_AUTHOR,
    /** It is for a conversation in which that person has no part. */
    OTHER_CONVERSATION,
    /** Another person's event has its id. */
    ID_TAKEN,
    /** It is for our own devices alone, and came from a friend. */
    NOT_OURS,
    /** Its author would have more devices than a person can have had. */
    TOO_MANY_DEVICES,
    /** That part of the text is here already. */
    PART_TAKEN;

    /** The name of its counter. */
    public String key() {
      return "event_" + name().toLowerCase(Locale.ROOT);
    }
  }
}
