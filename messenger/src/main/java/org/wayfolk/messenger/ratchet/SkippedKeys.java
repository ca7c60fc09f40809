package org.wayfolk.messenger.ratchet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of messages that were passed over and may still come, oldest first. Immutable: each change
 * gives another list.
 */
record SkippedKeys(List<Entry> entries) {

  static final SkippedKeys NONE = new SkippedKeys(List.of());

  // A session with more messages missing than this is repaired by a new one.
  static final int MAX_KEYS = 2000;

  // Each is one more header key that a payload is tried with: 256 tries cost under a millisecond.
  static final int MAX_CHAINS = 256;

  // A message waits at most this long in an outbox or a mailbox.
  static final long KEPT_MILLIS = 40L * 24 * 60 * 60 * 1000;

  /**
   * One key. The header key is shared by the entries of a chain, which stand one after the other.
   *
   * @param at when it was passed over, in milliseconds since the epoch
   */
  record Entry(byte[] header, int number, byte[] messageKey, long at) {

    boolean of(byte[] headerKey) {
      return Arrays.equals(header, headerKey);
    }

    @Override
    public String toString() {
      return "Entry"; // nothing secret
    }
  }

  SkippedKeys {
    entries = List.copyOf(entries);
  }

  /** The header keys of the chains, each once, newest first. */
  List<byte[]> headers() {
    List<byte[]> out = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      if (out.isEmpty() || !entry.of(out.getLast())) {
        out.add(entry.header);
      }
    }
    return out;
  }

  @Nullable Entry find(byte[] header, int number) {
    for (Entry entry : entries.reversed()) {
      if (entry.number == number && entry.of(header)) {
        return entry;
      }
    }
    return null;
  }

  SkippedKeys without(Entry gone) {
    List<Entry> left = new ArrayList<>(entries);
    left.remove(gone);
    return new SkippedKeys(left);
  }

  /** With more behind, the oldest dropped over the limits. */
  SkippedKeys plus(List<Entry> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(more);
    int from = Math.max(0, all.size() - MAX_KEYS);
    int chains = 0;
    for (int i = all.size() - 1; i >= from; i--) {
      if (i == all.size() - 1 || !all.get(i).of(all.get(i + 1).header)) {
        chains++;
      }
      if (chains > MAX_CHAINS) {
        from = i + 1;
      }
    }
    return new SkippedKeys(all.subList(from, all.size()));
  }

  /** Without those of 40 days and more, by either direction of a clock that was set. */
  SkippedKeys unexpired(long now) {
    List<Entry> left =
        entries.stream().filter(entry -> Math.abs(now - entry.at) < KEPT_MILLIS).toList();
    return left.size() == entries.size() ? this : new SkippedKeys(left);
  }
}
