package org.wayfolk.routing;

import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/**
 * Gives up surplus links by agreement: each end tells the other whether it can do without the link
 * ({@link Needs}), and a link that both can do without is closed by either. So nobody loses what it
 * needs, and no two nodes undo each other's work: who has said that it needs a link keeps it until
 * it has said otherwise. A peer that says nothing is never cut off. From the moment that both have
 * said so nothing new is sent over the link, and it is closed a little later: nothing is lost.
 * Layout: a link table (type 19) of kind 4, "I can do without this link", or 5, "I cannot", and
 * nothing else.
 *
 * <p>Slow on purpose: nothing is offered while we join or repair, no young link, and a few are
 * closed a round.
 */
final class Trim {
  /** Time between two rounds, while there is anything to do. */
  static final long ROUND_NANOS = 5_000_000_000L;

  /** A link is not offered before this age: joins and repairs are over by then. */
  static final long YOUNG_NANOS = 20_000_000_000L;

  /**
   * Both ends have said that they can do without it for so long: what was sent over it has arrived.
   */
  static final long REST_NANOS = 3_000_000_000L;

  /** Links closed a round: neighbours hear of each, and few are wrong at a time. */
  static final int DROPS = 3;

  /** Kinds of link tables that are statements about the one link they come over. */
  static final int SPARE = 4;

  static final int NEEDED = 5;

  private static final byte[] SAY_SPARE = FrameHeader.frame(FrameType.LINK_TABLE, bytes(SPARE));
  private static final byte[] SAY_NEEDED = FrameHeader.frame(FrameType.LINK_TABLE, bytes(NEEDED));

  private record Round() implements Input.Timer {}

  /** Who closes a link. */
  interface Closer {
    void close(Slot slot, CloseReason why, Effects out);
  }

  private final LinkTable table;
  private final Upkeep upkeep;
  private final Closer closer;
  private long secret;
  private boolean waiting;

  Trim(LinkTable table, Upkeep upkeep, Closer closer) {
    this.table = table;
    this.upkeep = upkeep;
    this.closer = closer;
  }

  /** Links came, went or changed, or a peer said something: look again. */
  void changed(Effects out) {
    if (!waiting) {
      waiting = true;
      out.timer(Dials.jitter(ROUND_NANOS, out), new Round());
    }
  }

  /** A link is up, perhaps again: nothing that was said before counts. */
  void up(Slot s, Effects out) {
    s.needed = true;
    s.extra = false;
    s.weSaid = Slot.NOTHING;
    s.peerSaid = Slot.NOTHING;
    table.rests(s);
    changed(out);
  }

  /** Whether a link table is a statement about its link. */
  static boolean isStatement(Frame frame) {
    return frame.payloadLength() == 1;
  }

  /** A peer said whether it can do without this link. */
  void said(Frame frame, Slot s, Effects out) {
    if (!s.tables.take(1, out.now())) {
      out.count(Tally.TABLE_OVER_BUDGET);
      return;
    }
    try {
      s.peerSaid =
          switch (frame.payload().u8()) {
            case SPARE -> Slot.SPARE;
            case NEEDED -> Slot.NEEDED;
            default -> throw new Malformed("statement about a link");
          };
      rests(s, out);
      changed(out);
    } catch (Malformed e) {
      out.count(Tally.TABLE_MALFORMED);
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Round)) {
      return false;
    }
    waiting = false;
    if (!upkeep.settled() || table.size() <= LinkTable.SIBLINGS) {
      if (table.size() > LinkTable.SIBLINGS) {
        changed(out);
      }
      return true;
    }
    if (secret == 0) {
      secret = out.random().nextLong();
    }
    Needs.judge(table, secret);
    boolean more = state(out);
    more |= drop(out);
    if (more) {
      changed(out);
    }
    return true;
  }

  /** Tells each peer what has changed; whether something is left to tell. */
  private boolean state(Effects out) {
    boolean more = false;
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      int say = s.needed ? Slot.NEEDED : Slot.SPARE;
      if (say == s.weSaid) {
        continue;
      }
      boolean young = out.now() - s.since < YOUNG_NANOS;
      if (young || !out.send(s.link, say == Slot.SPARE ? SAY_SPARE : SAY_NEEDED, CONTROL)) {
        more = true;
      } else {
        s.weSaid = say;
        rests(s, out);
      }
    }
    return more;
  }

  private void rests(Slot s, Effects out) {
    s.restingSince = out.now();
    table.rests(s);
  }

  /** Closes what neither end needs, youngest first; whether any was seen. */
  private boolean drop(Effects out) {
    boolean more = false;
    for (int n = 0; n < DROPS; n++) {
      Slot youngest = null;
      for (int i = LinkTable.SIBLINGS; i < table.size(); i++) {
        Slot s = table.at(i);
        if (s.needed || !s.resting()) {
          continue;
        }
        more = true;
        boolean rested = out.now() - s.restingSince >= REST_NANOS;
        if (rested && (youngest == null || s.handle > youngest.handle)) {
          youngest = s;
        }
      }
      if (youngest == null) {
        break;
      }
      out.count(Tally.LINK_SURPLUS);
      closer.close(youngest, CloseReason.SURPLUS, out);
    }
    return more;
  }

  private static byte[] bytes(int kind) {
    return new byte[] {(byte) kind};
  }

  private static final TrafficClass CONTROL = TrafficClass.CONTROL;
}
