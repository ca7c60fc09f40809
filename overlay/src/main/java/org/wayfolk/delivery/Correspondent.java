package org.wayfolk.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.HpkeContext;

/** What the receiver remembers of one sender: its message ids, and its line before the handler. */
final class Correspondent {
  /**
   * Ids of one sender: what its budget lets in within the ten seconds in which a sender repeats,
   * and more.
   */
  static final int MAX_IDS = 8_192;

  /** An id is kept as long as an envelope can be fresh, and as long as any send may last. */
  static final long KEPT_NANOS = 30 * 60_000_000_000L;

  /** Messages of one sender before the handler. */
  static final int MAX_QUEUED = 256;

  /** Their bytes. */
  static final int MAX_QUEUED_BYTES = 4 << 20;

  /** Sealings of one message that wait for its verdict: more than a sender repeats meanwhile. */
  static final int MAX_SEALINGS = 8;

  /** Receipts of one message a minute: one a try of an attempt. */
  static final int RECEIPTS_A_MINUTE = 4;

  private static final long MINUTE = 60_000_000_000L;

  /** A sealing that waits for its receipt. */
  record Unanswered(HpkeContext context, int hops) {}

  /** One message id. {@code status} is null while it is queued or running. */
  static final class Entry {
    final byte[] digest;
    final long seenAt;
    final boolean local;
    private @Nullable Message message;
    @Nullable Status status;
    final List<Unanswered> unanswered = new ArrayList<>(1);
    private long minuteAt;
    private int receipts;

    private boolean answered;

    Entry(byte[] digest, boolean local, long now) {
      this.digest = digest;
      this.local = local;
      this.seenAt = now;
      this.minuteAt = now;
    }

    /** Whether one more receipt may leave for this id now; counts it. */
    boolean mayAnswer(long now) {
      answered = receipts > 0;
      if (now - minuteAt >= MINUTE) {
        minuteAt = now;
        receipts = 0;
      }
      return receipts++ < RECEIPTS_A_MINUTE;
    }

    /** Whether a receipt had left for this id before the last {@link #mayAnswer}. */
    boolean answeredBefore() {
      return answered;
    }

    boolean same(byte[] otherDigest) {
      return Arrays.equals(digest, otherDigest);
    }

    /** The message; only while it is queued or running. */
    Message message() {
      Message m = message;
      if (m == null) {
        throw new IllegalStateException("this message was handled");
      }
      return m;
    }
  }

  private final LinkedHashMap<MessageId, Entry> ids = new LinkedHashMap<>();
  private final ArrayDeque<Entry> line = new ArrayDeque<>();
  private int queuedBytes;
  private boolean running;

  @Nullable Entry get(MessageId id) {
    return ids.get(id);
  }

  /** Whether the line has room for so many bytes more. */
  boolean room(int bytes) {
    return line.size() < MAX_QUEUED && (line.isEmpty() || queuedBytes + bytes <= MAX_QUEUED_BYTES);
  }

  /** Puts a message at the end of the line; answers how many ids more are remembered now. */
  int queue(MessageId id, Entry entry, Message message) {
    int before = ids.size();
    entry.message = message;
    entry.status = null;
    line.add(entry);
    queuedBytes += message.payload().length;
    ids.put(id, entry);
    if (ids.size() > MAX_IDS) {
      forget(1);
    }
    return ids.size() - before;
  }

  /** Forgets the oldest handled ids, at most {@code n}; answers how many. */
  int forget(int n) {
    int before = ids.size();
    Iterator<Entry> all = ids.values().iterator();
    while (all.hasNext() && before - ids.size() < n) {
      if (all.next().status != null) {
        all.remove();
      }
    }
    return before - ids.size();
  }

  /** The next message for the handler, if it is free. */
  @Nullable Entry next() {
    Entry head = running ? null : line.peek();
    running |= head != null;
    return head;
  }

  /** Bytes of the message that the handler has. */
  int runningBytes() {
    return line.element().message().payload().length;
  }

  /** The handler has answered for the head of the line. */
  Entry handled(Status status) {
    Entry head = line.remove();
    queuedBytes -= head.message().payload().length;
    head.message = null;
    head.status = status;
    running = false;
    return head;
  }

  /** Forgets what is older than its time; answers how many. */
  int expire(long now) {
    int before = ids.size();
    Iterator<Entry> all = ids.values().iterator();
    while (all.hasNext()) {
      Entry e = all.next();
      if (now - e.seenAt < KEPT_NANOS) {
        break; // in order of arrival
      }
      if (e.status != null) {
        all.remove();
      }
    }
    return before - ids.size();
  }

  /** Whether nothing is worth remembering. */
  boolean idle() {
    return ids.isEmpty() && line.isEmpty();
  }

  int size() {
    return ids.size();
  }
}
