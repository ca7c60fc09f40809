package org.wayfolk.rendezvous;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;

/** Verified keys of peers, least recently used out first. Owned by the loop. */
final class KeyCache {
  /**
   * Keys kept, about 1.5 KB each with their records: more peers than one node writes to in a day.
   */
  static final int MAX = 4_096;

  /**
   * A key is used at most this long after it was learned: its owner makes a new one each day and
   * wipes the private half after three, so a key that was current when learned opens for two days
   * at least.
   */
  static final long LIFE_MILLIS = 24 * 3_600_000L;

  private record Entry(Answer.KeyFound found, long untilMillis) {}

  private final LinkedHashMap<NodeId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  Answer.@Nullable KeyFound get(NodeId id, long wallMillis) {
    Entry e = entries.get(id);
    if (e == null) {
      return null;
    }
    if (e.untilMillis <= wallMillis) {
      entries.remove(id);
      return null;
    }
    return e.found;
  }

  /** Takes a key in, unless a later record of that peer is held; answers whether it did. */
  boolean put(Answer.KeyFound found, long wallMillis) {
    Answer.KeyFound old = get(found.target(), wallMillis);
    if (old != null && old.record().replaces(found.record())) {
      return false;
    }
    long until = Math.min(found.record().expiry(), wallMillis + LIFE_MILLIS);
    // What it took to learn it is news once.
    Answer.KeyFound kept =
        new Answer.KeyFound(
            found.target(), found.record(), found.suite(), found.sealingKey(), 0, 0);
    entries.put(found.target(), new Entry(kept, until));
    if (entries.size() > MAX) {
      entries.pollFirstEntry();
    }
    return true;
  }

  int size() {
    return entries.size();
  }
}
