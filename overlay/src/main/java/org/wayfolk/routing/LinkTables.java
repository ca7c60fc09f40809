package org.wayfolk.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.peer.Cost;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Neighbours tell each other whom they are linked to: the first 8 bytes of each id. Whole to a new
 * link, then changes, batched. Layout (docs/protocol/routing.md):
 *
 * <pre>
 *   1    0: the whole table; 1: changes; 2, 3: the same with marks
 *   1    r &lt;= 128
 *   8 r  prefixes that are gone (none in a whole table)
 *   1    a &lt;= 128
 *   8 a  prefixes that are there, or have come
 *   1    m &lt;= 128                                      (2 and 3 only)
 *   8 m  of all that are there now, those that carry nothing for others
 * </pre>
 *
 * Claims are believed for two things only: in which order to try neighbours that are nearer to a
 * target anyway, and where a lookup of our own might find somebody we miss.
 */
final class LinkTables {
  /** Prefixes in one table: a router at 10^8 nodes has 68 links. */
  static final int MAX_CLAIMS = 128;

  /**
   * Claims a level that order our choices: two links a level, and two to spare (security.md 16).
   */
  static final int SCORED_PER_LEVEL = 4;

  /** Changes are collected this long: a joining node makes its links within a few seconds. */
  static final long BATCH_NANOS = 2_000_000_000L;

  /** The same where one end pays by volume: it forwards nothing that these would order. */
  static final long METERED_BATCH_NANOS = 60_000_000_000L;

  private static final int WHOLE = 0;
  private static final int CHANGES = 1;

  /**
   * Added to a kind: marks follow. Without them a whole table has none, and changes change none.
   */
  private static final int MARKED = 2;

  private static final long[] NONE = {};

  /** Timer: time to tell those what has changed that are told once a minute. */
  private record TellMetered() implements Input.Timer {}

  /** Timer: time to tell what has changed. */
  private record Tell() implements Input.Timer {}

  private final LinkTable table;
  private final boolean limited;
  private final int[] perLevel = new int[Long.SIZE + 1];
  private long[] told = {};
  private long[] toldMarks = {};
  private boolean waiting;
  private boolean waitingMetered;
  private long[] gone = NONE;

  /**
   * @param limited whether few claims a level count
   */
  LinkTables(LinkTable table, boolean limited) {
    this.table = table;
    this.limited = limited;
  }

  /** A link is up: it learns our table at once, the others soon; then it gets all of it again. */
  void up(Slot s, Effects out) {
    s.told = false;
    if (!out.send(s.link, whole(listed(), marks()), TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
    changed(out);
  }

  /** Our table has changed. */
  void changed(Effects out) {
    if (!waiting) {
      waiting = true;
      long batch = table.leaf ? METERED_BATCH_NANOS : BATCH_NANOS;
      out.timer(Dials.jitter(batch, out), new Tell());
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (timer instanceof TellMetered) {
      waitingMetered = false;
      tellMetered(out);
      return true;
    }
    if (!(timer instanceof Tell)) {
      return false;
    }
    waiting = false;
    long[] now = listed();
    long[] gone = without(told, now);
    long[] come = without(now, told);
    told = now;
    long[] marks = marks();
    boolean remarked = !Arrays.equals(marks, toldMarks);
    toldMarks = marks;
    byte[] changes = frame(CHANGES, gone, come, remarked ? marks : null);
    byte[] whole = whole(now, marks);
    boolean any = gone.length + come.length > 0 || remarked;
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (metered(s)) {
        if (any || !s.told) {
          s.told = false;
          laterMetered(out);
        }
      } else if (!s.told) {
        s.told = out.send(s.link, whole, TrafficClass.CONTROL);
      } else if (any) {
        s.told = out.send(s.link, changes, TrafficClass.CONTROL);
      }
    }
    return true;
  }

  private static boolean metered(Slot s) {
    return s.record.cost() == Cost.METERED;
  }

  private void laterMetered(Effects out) {
    if (!waitingMetered) {
      waitingMetered = true;
      out.timer(Dials.jitter(METERED_BATCH_NANOS, out), new TellMetered());
    }
  }

  private void tellMetered(Effects out) {
    byte[] whole = whole(listed(), marks());
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (metered(s) && !s.told) {
        s.told = out.send(s.link, whole, TrafficClass.CONTROL);
      }
    }
  }

  /** What the table that was received last says is gone. */
  long[] gone() {
    return gone;
  }

  /** A peer's table, or what has changed in it: what is new, or null if it was not taken. */
  long @Nullable [] received(Frame frame, Slot s, Effects out) {
    gone = NONE;
    if (!s.tables.take(1, out.now())) {
      out.count(Tally.TABLE_OVER_BUDGET);
      return null;
    }
    try {
      Reader r = frame.payload();
      int kind = r.u8();
      boolean whole = (kind & CHANGES) == 0;
      long[] lost = read(r);
      long[] come = read(r);
      long[] marks = (kind & MARKED) != 0 ? read(r) : whole ? NONE : s.marked;
      r.end();
      if (kind > (CHANGES | MARKED) || (whole && lost.length > 0)) {
        throw new Malformed("link table");
      }
      long[] before = s.claims;
      long[] kept = whole ? NONE : without(before, lost);
      long[] more = without(come, kept);
      int n = Math.min(MAX_CLAIMS, kept.length + more.length);
      s.claims = Arrays.copyOf(kept, n);
      System.arraycopy(more, 0, s.claims, kept.length, n - kept.length);
      s.marked = marks;
      gone = lost;
      Arrays.sort(s.marked);
      table.scored(s, some(s, false), some(s, true));
      return without(more, before);
    } catch (Malformed e) {
      out.count(Tally.TABLE_MALFORMED);
      return null;
    }
  }

  /** What {@link #received} makes of a whole table without marks, for a {@link Walk}. */
  void told(Slot s, long[] claims) {
    s.claims = claims;
    table.scored(s, some(s, false), some(s, true));
  }

  private static long[] read(Reader r) throws Malformed {
    int n = r.u8();
    if (n > MAX_CLAIMS) {
      throw new Malformed("link table too long");
    }
    long[] out = new long[n];
    for (int i = 0; i < n; i++) {
      out[i] = r.i64();
    }
    return out;
  }

  /**
   * Of the claims that are marked, or of those that are not, the first few of each level of the
   * peer; not our own id, which helps nobody here.
   */
  private long[] some(Slot s, boolean marked) {
    Arrays.fill(perLevel, 0);
    long[] out = new long[s.claims.length];
    int n = 0;
    for (long c : s.claims) {
      int level = Long.numberOfLeadingZeros(c ^ s.id.a());
      if (c != table.self.a()
          && s.marks(c) == marked
          && (perLevel[level]++ < SCORED_PER_LEVEL || !limited)) {
        out[n++] = c;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /**
   * What we tell: all links but those to kept peers, who are our user's friends and nobody else's
   * business; or if they are too many the siblings and some of each stratum.
   */
  private long[] listed() {
    int size = table.size();
    long[] out = new long[Math.min(size, MAX_CLAIMS)];
    int n = 0;
    int run = 0;
    int stratum = -1;
    for (int i = 0; i < size && n < out.length; i++) {
      Slot s = table.at(i);
      run = s.stratum == stratum ? run + 1 : 0;
      stratum = s.stratum;
      boolean told = size <= MAX_CLAIMS || i < LinkTable.SIBLINGS || run < SCORED_PER_LEVEL;
      if (told && !s.kept) {
        out[n++] = s.id.a();
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Of all links, those to peers that carry nothing for others: the nearest if they are many. */
  private long[] marks() {
    long[] out = new long[MAX_CLAIMS];
    int n = 0;
    for (int i = 0; i < table.size() && n < MAX_CLAIMS; i++) {
      if (!table.at(i).carries() && !table.at(i).kept) {
        out[n++] = table.at(i).id.a();
      }
    }
    return n == 0 ? NONE : Arrays.copyOf(out, n);
  }

  private static long[] without(long[] from, long[] what) {
    if (what.length == 0 || from.length == 0) {
      return from;
    }
    long[] sorted = what.clone();
    Arrays.sort(sorted);
    long[] out = new long[from.length];
    int n = 0;
    for (long v : from) {
      if (Arrays.binarySearch(sorted, v) < 0) {
        out[n++] = v;
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static byte[] whole(long[] all, long[] marks) {
    return frame(WHOLE, NONE, all, marks.length == 0 ? null : marks);
  }

  /** A whole frame; without marks if they are null. */
  static byte[] frame(int kind, long[] gone, long[] come, long @Nullable [] marks) {
    // A table that changed wholly within one batch has 128 of each at most.
    int words = gone.length + come.length;
    int length = 3 + Long.BYTES * words + (marks == null ? 0 : 1 + Long.BYTES * marks.length);
    Writer w = new Writer(FrameHeader.bytes(length) + length);
    FrameHeader.write(w, FrameType.LINK_TABLE, length);
    w.u8(marks == null ? kind : kind | MARKED);
    write(w, gone);
    write(w, come);
    if (marks != null) {
      write(w, marks);
    }
    return w.toBytes();
  }

  private static void write(Writer w, long[] words) {
    w.u8(words.length);
    for (long v : words) {
      w.i64(v);
    }
  }
}
