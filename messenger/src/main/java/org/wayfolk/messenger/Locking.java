package org.wayfolk.messenger;

import org.wayfolk.messenger.work.News;
import org.wayfolk.store.Store;

/**
 * A passphrase was set or removed, or the store was locked or unlocked. Told on the thread of
 * whoever did it.
 */
public record Locking(Store.State state) implements News {}
