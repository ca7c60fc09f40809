package org.wayfolk.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
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

  /**
   * Messages of one sender that the handler has and has not answered: as many as a messenger likes
   * to store in one transaction, and few beside what waits.
   */
  static final int MAX_OUT = 32;

  /** Sealings of one message that wait for its verdict: more than a sender repeats meanwhile. */
  static final int MAX_SEALINGS = 8;

  /** Receipts of one message a minute: one a try of an attempt. */
  static final int RECEIPTS_A_MINUTE = 4;

  private static final long MINUTE = 60_000_000_000L;

  /** A sealing that waits for its receipt, and over whom it came. */
  record Unanswered(HpkeContext context, int hops, NodeId via) {}

  /** One message id. {@code status} is null while it is queued or running, and for silence. */
  static final class Entry {
    final byte[] digest;
    final long seenAt;
    final boolean local;
    private @Nullable Message message;
    @Nullable Status status;
    boolean silent;
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

    /** Whether its verdict is there. */
    boolean over() {
      return status != null || silent;
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
  private int out;

  @Nullable Entry get(MessageId id) {
    return ids.get(id);
  }

  /** Whether the line has room for so many bytes more. */
  boolean room(int bytes) {
    int queued = line.size() + out;
    return queued < MAX_QUEUED && (queued == 0 || queuedBytes + bytes <= MAX_QUEUED_BYTES);
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
      if (all.next().over()) {
        all.remove();
      }
    }
    return before - ids.size();
  }

  /** The next message for the handler, if it takes one more; it counts as out from now. */
  @Nullable Entry next() {
    Entry head = out < MAX_OUT ? line.poll() : null;
    out += head == null ? 0 : 1;
    return head;
  }

  /** The handler has answered for one that was out; null is silence. Answers its bytes. */
  int handled(Entry entry, @Nullable Status status) {
    int bytes = entry.message().payload().length;
    queuedBytes -= bytes;
    out--;
    entry.message = null;
    entry.status = status;
    entry.silent = status == null;
    return bytes;
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
      if (e.over()) {
        all.remove();
      }
    }
    return before - ids.size();
  }

  /** Whether nothing is worth remembering. */
  boolean idle() {
    return ids.isEmpty(); // what waits or is out has its id kept
  }

  int size() {
    return ids.size();
  }
}
