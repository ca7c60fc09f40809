package org.wayfolk.messenger.outbox;

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
   * whose sequence is above {@code held.ofYours() - margin} and that still exist here, with their
   * bytes as they were posted; not those that only matter at once (reading marks).
   *
   * @param margin events that may be missing below what is held, because they arrived out of order
   */
  void above(Turn t, Device device, Held held, int margin, BiConsumer<EventId, byte[]> each);
}
