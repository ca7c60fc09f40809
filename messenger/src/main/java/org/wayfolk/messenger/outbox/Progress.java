package org.wayfolk.messenger.outbox;

import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.News;

/** A delivery has come further, or waits for something else than before. */
public record Progress(EventId event, long friend, Delivery now) implements News {}
