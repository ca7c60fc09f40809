package org.wayfolk.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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
 *   1    0: the whole table; 1: changes
 *   1    r &lt;= 128
 *   8 r  prefixes that are gone (none in a whole table)
 *   1    a &lt;= 128
 *   8 a  prefixes that are there, or have come
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

  private static final int WHOLE = 0;
  private static final int CHANGES = 1;
  private static final long[] NONE = {};

  /** Timer: time to tell what has changed. */
  private record Tell() implements Input.Timer {}

  private final LinkTable table;
  private final int[] perLevel = new int[Long.SIZE + 1];
  private long[] told = {};
  private boolean waiting;

  LinkTables(LinkTable table) {
    this.table = table;
  }

  /** A link is up: it learns our table at once, the others soon; then it gets all of it again. */
  void up(Slot s, Effects out) {
    s.told = false;
    if (!out.send(s.link, frame(WHOLE, NONE, listed()), TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
    changed(out);
  }

  /** Our table has changed. */
  void changed(Effects out) {
    if (!waiting) {
      waiting = true;
      out.timer(Dials.jitter(BATCH_NANOS, out), new Tell());
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Tell)) {
      return false;
    }
    waiting = false;
    long[] now = listed();
    long[] gone = without(told, now);
    long[] come = without(now, told);
    told = now;
    byte[] changes = frame(CHANGES, gone, come);
    byte[] whole = frame(WHOLE, NONE, now);
    boolean any = gone.length + come.length > 0;
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (!s.told) {
        s.told = out.send(s.link, whole, TrafficClass.CONTROL);
      } else if (any) {
        s.told = out.send(s.link, changes, TrafficClass.CONTROL);
      }
    }
    return true;
  }

  /** A peer's table, or what has changed in it: what is new, or null if it was not taken. */
  long @Nullable [] received(Frame frame, Slot s, Effects out) {
    if (!s.tables.take(1, out.now())) {
      out.count(Tally.TABLE_OVER_BUDGET);
      return null;
    }
    try {
      Reader r = frame.payload();
      int kind = r.u8();
      long[] gone = read(r);
      long[] come = read(r);
      r.end();
      if (kind > CHANGES || (kind == WHOLE && gone.length > 0)) {
        throw new Malformed("link table");
      }
      long[] before = s.claims;
      long[] kept = kind == WHOLE ? NONE : without(before, gone);
      long[] more = without(come, kept);
      int n = Math.min(MAX_CLAIMS, kept.length + more.length);
      s.claims = Arrays.copyOf(kept, n);
      System.arraycopy(more, 0, s.claims, kept.length, n - kept.length);
      table.scored(s, scored(s));
      return without(more, before);
    } catch (Malformed e) {
      out.count(Tally.TABLE_MALFORMED);
      return null;
    }
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

  /** The first few claims of each level of the peer; not our own id, which helps nobody here. */
  private long[] scored(Slot s) {
    Arrays.fill(perLevel, 0);
    long[] out = new long[s.claims.length];
    int n = 0;
    for (long c : s.claims) {
      int level = Long.numberOfLeadingZeros(c ^ s.id.a());
      if (c != table.self.a() && perLevel[level]++ < SCORED_PER_LEVEL) {
        out[n++] = c;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** What we tell: all links, or if they are too many the siblings and some of each stratum. */
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
      if (size <= MAX_CLAIMS || i < LinkTable.SIBLINGS || run < SCORED_PER_LEVEL) {
        out[n++] = s.id.a();
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static long[] without(long[] from, long[] what) {
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

  /** A whole frame. */
  static byte[] frame(int kind, long[] gone, long[] come) {
    // A table that changed wholly within one batch has 128 of each at most.
    int length = 3 + Long.BYTES * (gone.length + come.length);
    Writer w = new Writer(FrameHeader.bytes(length) + length);
    FrameHeader.write(w, FrameType.LINK_TABLE, length);
    w.u8(kind).u8(gone.length);
    for (long v : gone) {
      w.i64(v);
    }
    w.u8(come.length);
    for (long v : come) {
      w.i64(v);
    }
    return w.toBytes();
  }
}
