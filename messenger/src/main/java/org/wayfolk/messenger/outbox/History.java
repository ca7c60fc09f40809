package org.wayfolk.messenger.outbox;

import java.util.Collection;
import java.util.function.BiConsumer;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.work.Turn;

/** What was said before, for a device that has lost some of it. */
@FunctionalInterface
public interface History {

  /**
   * Hands over, in the order in which they were made, the events of this device for that friend
   * that still exist here and whose sequence is above {@code held.ofYours()}, and before those the
   * last {@code margin} that are not; with their bytes as they were posted. Not those that only
   * matter at once (reading marks).
   *
   * @param margin so many may be missing below the highest that is held, because they were under
   *     way together; none may if {@code held} says up to where nothing is missing
   * @param also events that are handed over wherever they stand, before the others
   * @return whether the other side holds more than was given out as far as is known here: this disk
   *     went back, and goes on counting behind that. What it gave out since then has sequences that
   *     the other side knows for other events
   */
  boolean above(
      Turn t,
      Device device,
      Held held,
      int margin,
      Collection<EventId> also,
      BiConsumer<EventId, byte[]> each);
}
