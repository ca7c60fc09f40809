package org.wayfolk.admission;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.wayfolk.id.NodeId;

/**
 * Which verified envelopes were seen, for as long as they are fresh: a second copy, over whatever
 * link, is refused.
 *
 * <p>An entry is charged to the link that brought it, so that one neighbour's flood pushes out only
 * what it brought itself. What is pushed out before its time leaves a mark on its origin: from then
 * on that origin's envelopes sent no later than the lost one are refused. So a full window costs a
 * busy origin its latecomers and never lets a replay in.
 */
final class ReplayWindow {
  /**
   * Entries a link, about 120 bytes each: four and a half a second for the 30 minutes an entry may
   * live.
   */
  static final int PER_LINK = 8_192;

  /** Entries in all: what 16 links fill. */
  static final int MAX = 131_072;

  /** Origins with a mark. */
  static final int MAX_MARKS = 4_096;

  /**
   * The envelope's name: 16 bytes of a hash over key and signature. Ordered, so that no hash map is
   * slow on it.
   */
  record Key(long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key o) {
      int c = Long.compare(high, o.high);
      return c != 0 ? c : Long.compare(low, o.low);
    }
  }

  private record Entry(Key key, NodeId origin, long sentMillis, long until) {}

  private final Set<Key> seen = new HashSet<>();
  private final Map<NodeId, ArrayDeque<Entry>> byLink = new HashMap<>();
  private final LinkedHashMap<NodeId, Long> marks = new LinkedHashMap<>();

  /** Whether this envelope was seen, or may have been. */
  boolean seen(Key key, NodeId origin, long sentMillis) {
    Long mark = marks.get(origin);
    return seen.contains(key) || (mark != null && sentMillis <= mark);
  }

  /**
   * Notes a verified envelope; false if it was seen.
   *
   * @param link the neighbour that brought it
   * @param wallMillis now; the entry lives until {@code sentMillis} is stale
   */
  boolean note(Key key, NodeId origin, long sentMillis, NodeId link, long wallMillis) {
    if (seen(key, origin, sentMillis)) {
      return false;
    }
    ArrayDeque<Entry> queue = byLink.computeIfAbsent(link, l -> new ArrayDeque<>());
    expire(queue, wallMillis);
    if (queue.size() >= PER_LINK) {
      pushOut(queue);
    } else if (seen.size() >= MAX) {
      expire(wallMillis);
      if (seen.size() >= MAX) {
        pushOut(longest());
      }
    }
    seen.add(key);
    // In order of arrival, not of expiry: an entry may wait for the one before it, at most half an
    // hour.
    queue.add(new Entry(key, origin, sentMillis, sentMillis + Admission.FRESH_MILLIS));
    byLink.putIfAbsent(link, queue);
    return true;
  }

  int size() {
    return seen.size();
  }

  /** Forgets what is stale; called now and then, so that idle links leave nothing behind. */
  void expire(long wallMillis) {
    byLink
        .values()
        .removeIf(q -> {
          expire(q, wallMillis);
          return q.isEmpty();
        });
    marks.values().removeIf(mark -> mark + Admission.FRESH_MILLIS < wallMillis);
  }

  private void expire(ArrayDeque<Entry> queue, long wallMillis) {
    for (Entry e; (e = queue.peek()) != null && e.until < wallMillis; ) {
      queue.remove();
      seen.remove(e.key);
    }
  }

  private void pushOut(ArrayDeque<Entry> queue) {
    Entry lost = queue.remove();
    seen.remove(lost.key);
    // Removed and put again, so that the marks stand in the order of their last change.
    Long old = marks.remove(lost.origin);
    marks.put(lost.origin, old == null ? lost.sentMillis : Math.max(old, lost.sentMillis));
    if (marks.size() > MAX_MARKS) {
      marks.pollFirstEntry();
    }
  }

  private ArrayDeque<Entry> longest() {
    ArrayDeque<Entry> best = new ArrayDeque<>();
    for (ArrayDeque<Entry> q : byLink.values()) {
      if (q.size() > best.size()) {
        best = q;
      }
    }
    return best;
  }
}
