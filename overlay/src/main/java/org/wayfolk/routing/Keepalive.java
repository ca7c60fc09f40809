package org.wayfolk.routing;

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
 */
final class Keepalive {
  /** Silence after which a sibling is pinged: repairs of the neighbourhood cannot wait long. */
  static final long SIBLING_NANOS = 25_000_000_000L;

  /** Silence after which another link is pinged: under the 60 s of common NAT mappings. */
  static final long OTHER_NANOS = 50_000_000_000L;

  /** Silence after which the acceptor pings: the dialler has tried and given up by then. */
  static final long ACCEPTOR_NANOS = 75_000_000_000L;

  /** Pings before a silent peer is dead. */
  static final int TRIES = 3;

  /** Time between them: all three have their answer within 4 s or none. */
  static final long TRY_NANOS = 1_333_333_333L;

  private static final byte[] PING = FrameHeader.frame(FrameType.PING, new byte[0]);

  /** Timer: look at a link. */
  private record Look(int handle, long serial) implements Input.Timer {}

  /** Who hears that a link is dead. */
  interface Dead {
    void dead(Slot slot, Effects out);
  }

  private final LinkTable table;
  private final Dead dead;

  Keepalive(LinkTable table, Dead dead) {
    this.table = table;
    this.dead = dead;
  }

  /** A link is up. */
  void up(Slot s, Effects out) {
    s.tries = 0;
    s.awaitsPong = false;
    look(s, interval(s, out), out);
  }

  private void look(Slot s, long delay, Effects out) {
    out.timer(delay, new Look(s.handle, s.link.serial()));
  }

  private long interval(Slot s, Effects out) {
    long nanos =
        !s.link.dialled() ? ACCEPTOR_NANOS : table.isSibling(s) ? SIBLING_NANOS : OTHER_NANOS;
    // Up to a tenth earlier, so that links made together do not stay together.
    return nanos - out.random().nextLong(nanos / 10);
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Look l)) {
      return false;
    }
    Slot s = table.byHandle(l.handle());
    if (s != null && s.link.serial() == l.serial()) {
      look(s, out);
    }
    return true;
  }

  private void look(Slot s, Effects out) {
    if (s.tries > 0 && s.heard - s.pinged >= 0) {
      s.tries = 0;
    }
    if (s.tries == TRIES) {
      out.count(Tally.LINK_SILENT);
      dead.dead(s, out);
      return;
    }
    long interval = interval(s, out);
    long idle = out.now() - s.heard;
    if (s.tries == 0 && idle < interval - interval / 8) {
      look(s, interval - idle, out);
      return;
    }
    if (s.tries == 0) {
      s.pinged = out.now();
    }
    s.tries++;
    s.awaitsPong = true;
    out.count(Tally.PINGED);
    if (!out.send(s.link, PING, TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
    look(s, TRY_NANOS, out);
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
