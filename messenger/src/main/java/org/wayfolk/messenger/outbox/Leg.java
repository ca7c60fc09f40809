package org.wayfolk.messenger.outbox;

import org.wayfolk.messenger.event.EventId;
import org.wayfolk.store.Row;

/** One row of deliveries: an event on its way to a device, with what only the outbox needs. */
record Leg(
    long id,
    EventId event,
    long friend,
    boolean waits,
    long flight,
    int leftTries,
    int refused,
    boolean ephemeral,
    Delivery shown) {

  static final String COLUMNS =
      "id, event, friend, device, waits, flight, left_tries, refused, replaces, stage, why,"
          + " queued_at, sent_at, delivered_at, tries, next_at, hops, round_trip";

  static Leg read(Row r) {
    Delivery shown =
        new Delivery(
            (int) r.i64("device"),
            Stage.valueOf(r.text("stage")),
            Why.valueOf(r.text("why")),
            r.i64("queued_at"),
            r.i64("sent_at"),
            r.i64("delivered_at"),
            (int) r.i64("tries"),
            r.i64("next_at"),
            (int) r.i64("hops"),
            r.i64("round_trip"));
    return new Leg(
        r.i64("id"),
        EventId.of(r.blob("event")),
        r.i64("friend"),
        r.i64("waits") != 0,
        r.i64("flight"),
        (int) r.i64("left_tries"),
        (int) r.i64("refused"),
        !r.isNull("replaces"),
        shown);
  }

  /** Whether its user has been told that it arrived: it is only sent again for the other side. */
  boolean again() {
    return shown.stage() == Stage.DELIVERED;
  }

  Progress progress() {
    return new Progress(event, friend, shown);
  }
}
