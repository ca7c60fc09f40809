package org.wayfolk.hello;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/**
 * Frames of type 20 on links that are up: our record told when it changed, the peer's taken in. A
 * link brings its own peer's record, and ours if we forgot that we had issued a later one; those of
 * others come as answers to questions.
 */
final class RecordNews {
  /** A record that changed twice within this is told once: tables settle in bursts. */
  static final long GAP_NANOS = 1_000_000_000L;

  private static final long MILLI = 1_000_000L;

  record PublishDue() implements Input.Timer {}

  record Checked(Link link, PeerRecord record, boolean signed) implements Input.Worked {}

  private final OwnRecord own;
  private final RecordCheck check;
  private Timers.@Nullable Handle timer;
  private long earliest = Long.MIN_VALUE;

  RecordNews(OwnRecord own, RecordCheck check) {
    this.own = own;
    this.check = check;
  }

  /**
   * Tells our record to the links that have not heard it, unless that was done less than a second
   * ago.
   */
  void publish(Collection<Connection> connections, Effects out) {
    if (out.now() < earliest) {
      arm(earliest - out.now(), out);
      return;
    }
    long wall = out.networkMillis();
    boolean told = false;
    boolean missed = false;
    for (Connection c : connections) {
      if (c.up()) {
        PeerRecord record = own.forPeer(c.link.remote(), wall);
        if (!record.equals(c.told)) {
          told = true;
          missed |= !tell(c, record, out);
        }
      }
    }
    if (told) {
      earliest = out.now() + GAP_NANOS;
    }
    arm(missed ? GAP_NANOS : rest(out), out);
  }

  private long rest(Effects out) {
    return Math.max(own.restMillis(out.networkMillis()) * MILLI, GAP_NANOS);
  }

  private static boolean tell(Connection c, PeerRecord record, Effects out) {
    byte[] frame = FrameHeader.frame(FrameType.RECORD, record.bytes());
    if (out.send(c.link, frame, TrafficClass.CONTROL)) {
      c.told = record;
      out.count(Tally.RECORD_PUBLISHED);
      return true;
    }
    out.count(Tally.RECORD_NOT_TOLD);
    return false;
  }

  /** Sees to it that half of our record's life does not pass untold. */
  void watch(Effects out) {
    if (timer == null) {
      arm(rest(out), out);
    }
  }

  private void arm(long delay, Effects out) {
    Timers.Handle old = timer;
    if (old != null) {
      old.cancel();
    }
    timer = out.timer(delay, new PublishDue());
  }

  /** A frame of type 20 on a link that is up. */
  void record(Connection c, Frame frame, Effects out) {
    if (!c.mayBringRecord(out.now())) {
      out.count(Tally.RECORD_TOO_MANY);
      return;
    }
    PeerRecord record;
    try {
      if (frame.payloadLength() > PeerRecord.MAX_BYTES) {
        throw new Malformed("record too long");
      }
      record = RecordCheck.decode(frame.copyPayload());
    } catch (Malformed e) {
      out.count(Tally.RECORD_MALFORMED);
      return;
    }
    if (record.equals(c.record)) {
      return;
    }
    Tally why = refusal(c, record, out);
    Link link = c.link;
    if (why != null) {
      out.count(why);
    } else if (!out.work(() -> new Checked(link, record, check.signed(record)))) {
      out.count(Tally.WORK_FULL);
    }
  }

  private @Nullable Tally refusal(Connection c, PeerRecord record, Effects out) {
    boolean ours = record.id().equals(own.id());
    if (!ours && !record.id().equals(c.link.peer())) {
      return Tally.RECORD_OTHER;
    }
    RecordCheck.Refusal why = check.cheapRefusal(record, out.wallMillis(), out.networkMillis());
    if (why != null) {
      return Tally.of(why);
    }
    boolean news = ours ? own.above(record, out.networkMillis()) : !older(record, c.record);
    return news ? null : Tally.RECORD_OLDER;
  }

  private static boolean older(PeerRecord record, @Nullable PeerRecord held) {
    return held != null && !record.replaces(held);
  }

  /**
   * The signature of such a record was checked; the connection is null if it is gone meanwhile.
   *
   * @return whether it makes us issue a new one
   */
  boolean checked(@Nullable Connection c, Checked checked, Effects out) {
    PeerRecord record = checked.record();
    if (!checked.signed()) {
      out.count(Tally.RECORD_SIGNATURE);
    } else if (record.id().equals(own.id())) {
      return own.seen(record, out.networkMillis());
    } else if (c != null && c.up()) {
      taken(c, record, out);
    }
    return false;
  }

  private static void taken(Connection c, PeerRecord record, Effects out) {
    PeerRecord held = c.record;
    if (older(record, held)) {
      out.count(Tally.RECORD_OLDER);
      return;
    }
    if (held != null && held.sequence() == record.sequence()) {
      out.count(Tally.RECORD_TWIN);
    }
    c.record = record;
    out.emit(new RecordChanged(c.link, record));
  }
}
