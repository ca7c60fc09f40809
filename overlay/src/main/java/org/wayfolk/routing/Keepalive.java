package org.wayfolk.routing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * Finds out which links are dead. Any frame is a sign of life; the dialler pings a link that was
 * silent for its interval, the acceptor one that was silent for longer than the dialler would be.
 * Three pings in 4 s without a sign are the end of it.
 *
 * <p>Intervals begin short and grow where the path proved to live through them, each up to its own
 * bound. A sibling's may grow far, for it has fifteen others: whoever finds one dead tells its
 * neighbours in its link table, and those look at once ({@link #gone}). A path that died silently
 * while its peer lived (the same process is linked again soon) was forgotten by a translator on the
 * way: then no interval passes two thirds of that silence, for some hours.
 */
final class Keepalive {
  /** Silence after which a sibling is first pinged: repairs of the neighbourhood cannot wait. */
  static final long SIBLING_NANOS = 25_000_000_000L;

  /** Silence after which another link is first pinged: under the 60 s of common NAT mappings. */
  static final long OTHER_NANOS = 50_000_000_000L;

  /**
   * Most silence of a sibling's link where 16 look after each other: the first of them asks after 6
   * s on average.
   */
  static final long SIBLING_MOST_NANOS = 100_000_000_000L;

  /** Most silence of another link: nobody else finds it dead, and after 75 s all must be right. */
  static final long OTHER_MOST_NANOS = 60_000_000_000L;

  /** Most silence of a link of a node that carries nothing: nobody's way leads through it. */
  static final long LEAF_MOST_NANOS = 100_000_000_000L;

  /** Least interval, whatever a translator on the way forgets: shorter ones cost too much. */
  static final long LEAST_NANOS = 15_000_000_000L;

  /** Silence after which the acceptor pings: the dialler has tried and given up by then. */
  static final long ACCEPTOR_NANOS = 70_000_000_000L;

  /** Age from which an acceptor leaves a link to the dialler's longer interval. */
  static final long CALM_NANOS = 600_000_000_000L;

  /** Pings before a silent peer is dead. */
  static final int TRIES = 3;

  /** Time between them: all three have their answer within 4 s or none. */
  static final long TRY_NANOS = 1_333_333_333L;

  /** Silence before a neighbour's word makes us look: a frame just heard says more. */
  static final long DOUBT_NANOS = 5_000_000_000L;

  /** How often such a word makes us look at one link: a liar costs us a ping in so long. */
  static final long DOUBT_GAP_NANOS = 20_000_000_000L;

  /** A peer that is linked again within this time, by the same process, had not gone. */
  static final long BACK_NANOS = 120_000_000_000L;

  /** How long such a finding holds before it is loosened by a quarter. */
  static final long LOOSEN_NANOS = 3_600_000_000_000L;

  /** One finding in this time: an outage kills all links at once and proves one thing. */
  static final long FINDING_GAP_NANOS = 60_000_000_000L;

  /** Silent deaths remembered until their peers come back; more are an outage. */
  static final int MAX_DEATHS = 64;

  private static final byte[] PING = FrameHeader.frame(FrameType.PING, new byte[0]);

  /** Timer: look at a link. */
  private record Look(int handle, int turn) implements Input.Timer {}

  /** A link that died silently: the leaf key of its peer's process, and what it did not survive. */
  private record Death(byte[] process, long silence, long at) {}

  /** Who hears that a link is dead. */
  interface Dead {
    void dead(Slot slot, Effects out);
  }

  private final LinkTable table;
  private final Dead dead;
  private final Map<NodeId, Death> deaths = new LinkedHashMap<>();
  private long ceiling = SIBLING_MOST_NANOS;
  private long ceilingSince;
  private boolean found;

  Keepalive(LinkTable table, Dead dead) {
    this.table = table;
    this.dead = dead;
  }

  /** A link is up. */
  void up(Slot s, Effects out) {
    s.tries = 0;
    s.awaitsPong = false;
    s.patience = 0;
    Death d = deaths.remove(s.id);
    if (d != null
        && out.now() - d.at() < BACK_NANOS
        && Arrays.equals(d.process(), s.link.peerSpkiHash())) {
      forgotten(d.silence(), out);
    }
    look(s, interval(s, out), out);
  }

  private void look(Slot s, long delay, Effects out) {
    out.timer(delay, new Look(s.handle, ++s.turn));
  }

  private long interval(Slot s, Effects out) {
    long nanos = s.link.dialled() ? Math.clamp(s.patience, least(s), most(s)) : accepted(s, out);
    nanos = Math.min(nanos, ceiling(out.now()));
    // Up to a tenth earlier, so that links made together do not stay together.
    return nanos - out.random().nextLong(nanos / 10);
  }

  private boolean leaf(Slot s) {
    return table.leaf || !s.carries();
  }

  private long least(Slot s) {
    return table.isSibling(s) && !leaf(s) ? SIBLING_NANOS : OTHER_NANOS;
  }

  private long most(Slot s) {
    if (leaf(s)) {
      return LEAF_MOST_NANOS;
    }
    if (!table.isSibling(s)) {
      return OTHER_MOST_NANOS;
    }
    // A quarter of the siblings looks after a node as often as all do at the longest interval.
    long few = SIBLING_NANOS * Math.max(1, Math.min(table.size(), LinkTable.SIBLINGS) / 4);
    return Math.min(SIBLING_MOST_NANOS, few);
  }

  private long accepted(Slot s, Effects out) {
    boolean calm = out.now() - s.since > CALM_NANOS;
    long longest = most(s) + most(s) / 5;
    return calm ? Math.max(ACCEPTOR_NANOS, longest) : ACCEPTOR_NANOS;
  }

  /** What was measured of translators on the way: no silence longer than this. */
  private long ceiling(long now) {
    while (ceiling < SIBLING_MOST_NANOS && now - ceilingSince >= LOOSEN_NANOS) {
      ceiling = Math.min(SIBLING_MOST_NANOS, ceiling + ceiling / 4);
      ceilingSince += LOOSEN_NANOS;
    }
    return ceiling >= SIBLING_MOST_NANOS ? Long.MAX_VALUE : ceiling;
  }

  private void forgotten(long silence, Effects out) {
    long now = out.now();
    if (found && now - ceilingSince < FINDING_GAP_NANOS) {
      return;
    }
    found = true;
    ceilingSince = now;
    ceiling = Math.clamp(silence / 3 * 2, LEAST_NANOS, ceiling);
    out.count(Tally.KEEPALIVE_SHORTENED);
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Look l)) {
      return false;
    }
    Slot s = table.byHandle(l.handle());
    if (s != null && s.turn == l.turn()) {
      look(s, out);
    }
    return true;
  }

  private void look(Slot s, Effects out) {
    if (s.tries > 0 && s.heard - s.pinged >= 0) {
      s.tries = 0;
      lived(s);
    }
    if (s.tries == TRIES) {
      out.count(Tally.LINK_SILENT);
      died(s, out);
      dead.dead(s, out);
      return;
    }
    long interval = interval(s, out);
    long idle = out.now() - s.heard;
    if (s.tries == 0 && idle < interval - interval / 8) {
      look(s, interval - idle, out);
      return;
    }
    ping(s, false, out);
  }

  /** It answered after a silence: the next may be half as long again. */
  private void lived(Slot s) {
    if (!s.suspect) {
      s.patience = Math.clamp(s.patience, least(s), most(s)) / 2 * 3;
    }
  }

  private void died(Slot s, Effects out) {
    if (s.link.dialled()) {
      deaths.put(s.id, new Death(s.link.peerSpkiHash(), s.pinged - s.heard, out.now()));
      if (deaths.size() > MAX_DEATHS) {
        deaths.remove(deaths.keySet().iterator().next());
      }
    }
  }

  private void ping(Slot s, boolean suspect, Effects out) {
    if (s.tries == 0) {
      s.pinged = out.now();
      s.suspect = suspect;
    }
    s.tries++;
    s.awaitsPong = true;
    out.count(Tally.PINGED);
    if (!out.send(s.link, PING, TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
    look(s, TRY_NANOS, out);
  }

  /** A neighbour lost its links to these: those of ours among them are looked at. */
  void gone(long[] prefixes, Effects out) {
    for (long p : prefixes) {
      Slot s = table.byPrefix(p);
      if (s != null
          && s.tries == 0
          && out.now() - s.heard > DOUBT_NANOS
          && out.now() - s.suspected > DOUBT_GAP_NANOS) {
        s.suspected = out.now();
        out.count(Tally.KEEPALIVE_DOUBTED);
        ping(s, true, out);
      }
    }
  }

  /** A ping came in: its sender learns where we see it. */
  static void ping(Frame frame, Effects out) {
    Address seen = frame.link().remote();
    int length = seen.wireBytes();
    Writer w = new Writer(FrameHeader.bytes(length) + length);
    FrameHeader.write(w, FrameType.PONG, length);
    seen.write(w);
    if (!out.send(frame.link(), w.toBytes(), TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
  }

  /** A pong came in: where the peer sees us, if we asked. */
  static void pong(Frame frame, Slot s, Effects out) {
    if (!s.awaitsPong) {
      out.count(Tally.PONG_UNASKED);
      return;
    }
    try {
      Address seen = Address.read(frame.payload());
      if (frame.payloadLength() != seen.wireBytes()) {
        throw new Malformed("pong");
      }
      s.awaitsPong = false;
      s.observed = seen;
    } catch (Malformed e) {
      out.count(Tally.PONG_MALFORMED);
    }
  }
}
