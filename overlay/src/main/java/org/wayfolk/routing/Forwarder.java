package org.wayfolk.routing;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Defence;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Carries routed frames: to us, onward in the packet they came in, or back to where they came from.
 * Layout of a returned frame (docs/protocol/routing.md):
 *
 * <pre>
 *   1   how often this copy was returned, this time included: 1..4
 *   ..  the routed frame as it was received, its ttl lowered
 * </pre>
 *
 * A forwarder verifies nothing: it could not afford to, and a frame costs its link either way. Each
 * step onward lowers the ttl, also one after a return, so a copy crosses at most 16 links forward.
 */
final class Forwarder {
  /** Returns of one copy: more would cost the network more than the sender's next try. */
  static final int MAX_RETURNS = 4;

  /**
   * Trace asks that are handed on a second: more than are answered, and few enough to cost nothing.
   */
  static final int TRACE_BURST = 4;

  private static final TrafficClass TRANSIT = TrafficClass.TRANSIT;

  private final NodeId self;
  private final LinkTable table;
  private final SeenCopies seen;
  private final Carriage carriage;
  private final boolean copies;
  private final boolean returns;
  private final boolean nextWhenFull;
  private final boolean limited;
  private final boolean standsOff;
  private final TokenBucket traces = new TokenBucket(TRACE_BURST, TRACE_BURST, 0);
  private final Envelope envelope = new Envelope();
  private final Decision decision = new Decision();
  private final Reader reader = new Reader(new byte[0]);
  private final Writer writer = new Writer(0);

  Forwarder(LinkTable table, SeenCopies seen, Carriage carriage, RoutingSettings settings) {
    copies = settings.on(Defence.COPIES);
    returns = settings.on(Defence.RETURNS);
    nextWhenFull = settings.on(Defence.NEXT_WHEN_FULL);
    limited = settings.on(Defence.CLAIM_LIMITS);
    standsOff = settings.on(Defence.STAND_OFF);
    this.self = table.self;
    this.table = table;
    this.seen = seen;
    this.carriage = carriage;
  }

  /** A routed frame came in. */
  void routed(Frame frame, Effects out) {
    try {
      envelope.over(frame.packet().array(), frame.payloadOffset(), frame.payloadLength());
    } catch (Malformed e) {
      out.count(Tally.ROUTE_MALFORMED);
      return;
    }
    if (envelope.isFor(self)) {
      out.count(Tally.ARRIVED);
      out.emit(new Arrived(frame.link(), frame.type(), frame.copyPayload(), envelope.ttl()));
      return;
    }
    Slot from = table.byId(frame.link().peer());
    if (from == null) {
      out.count(Tally.ROUTE_UNLINKED);
      return;
    }
    int ttl = Math.min(envelope.ttl(), Envelope.MAX_TTL);
    if (ttl == 0) {
      ended(from, frame, out);
      return;
    }
    long key = seen.key(envelope, out.random());
    int e = seen.find(key, out.now());
    if (e < 0) {
      e = seen.add(key, from.handle, out.now());
      onward(e, frame.take(), ttl - 1, out);
    } else if (seen.previous(e) == from.handle) {
      out.count(Tally.ROUTE_REPEATED);
    } else if (returns && seen.takeBack(e, from.handle)) {
      // Whom we gave it to sends it to us: an honest neighbour hands back what it cannot carry, so
      // this one has no way, or wants us to think that we have none.
      out.count(Tally.ROUTE_BACKWARDS);
      if (seen.returns(e) == MAX_RETURNS) {
        out.count(Tally.ROUTE_GIVEN_UP);
        return;
      }
      seen.returns(e, seen.returns(e) + 1);
      onward(e, frame.take(), ttl - 1, out);
    } else {
      // It came round to us again: whoever sent it shall try another way. Our own entry stays as it
      // is, for what the first passage may still bring back.
      out.count(Tally.ROUTE_LOOP);
      envelope.ttl(ttl - 1);
      handBack(from, frame.take(), 1, out);
    }
  }

  /** Its ttl is used up; of trace asks that is what they are for. */
  private void ended(Slot from, Frame frame, Effects out) {
    if (!isTraceAsk()) {
      out.count(Tally.ROUTE_TTL);
      return;
    }
    if (!traces.take(1, out.now())) {
      out.count(Tally.TRACE_OVER_BUDGET);
      return;
    }
    decision.target(
        envelope.targetWord(0),
        envelope.targetWord(1),
        envelope.targetWord(2),
        envelope.targetWord(3));
    decision.without(from.handle);
    decision.closer(table, true);
    Slot next = decision.count() == 0 ? null : table.at(decision.index(0));
    out.emit(
        new Expired(
            from.id,
            frame.copyPayload(),
            next == null ? null : next.id,
            next == null ? 0 : next.link.roundTripNanos()));
  }

  private boolean isTraceAsk() {
    try {
      reader.reset(envelope.array(), envelope.payloadAt(), envelope.payloadLength());
      return PayloadKind.read(reader) == PayloadKind.TRACE_ASK;
    } catch (Malformed e) {
      return false;
    }
  }

  /** A returned frame came in. */
  void returned(Frame frame, Effects out) {
    int count;
    int inner;
    try {
      Reader r = frame.payload();
      count = r.u8();
      inner = r.position();
      int type = FrameHeader.read(r);
      if (count < 1 || count > MAX_RETURNS || type != FrameType.ROUTE) {
        throw new Malformed("returned frame");
      }
      envelope.over(r.array(), r.position(), r.remaining());
    } catch (Malformed e) {
      out.count(Tally.RETURN_MALFORMED);
      return;
    }
    Slot from = table.byId(frame.link().peer());
    int e = seen.find(seen.key(envelope, out.random()), out.now());
    if (from == null || e < 0) {
      out.count(Tally.RETURN_LOST);
      return;
    }
    if (!seen.takeBack(e, from.handle)) {
      from.falseReturns++;
      out.count(Tally.RETURN_FALSE);
      return;
    }
    int returns = Math.max(seen.returns(e) + 1, count);
    int ttl = Math.min(envelope.ttl(), Envelope.MAX_TTL);
    if (returns > MAX_RETURNS || ttl == 0) {
      out.count(Tally.ROUTE_GIVEN_UP);
      return;
    }
    seen.returns(e, returns);
    out.count(Tally.RETURN_TAKEN);
    int end = frame.payloadOffset() + frame.payloadLength();
    Packet p = frame.take();
    p.set(inner, end - inner);
    onward(e, p, ttl - 1, out);
  }

  /** Gives the copy in {@code p}, of which {@link #envelope} is a view, to the next candidate. */
  private void onward(int e, Packet p, int ttl, Effects out) {
    envelope.ttl(ttl);
    int previous = seen.previous(e);
    boolean ours = previous == SeenCopies.SELF;
    Slot from = ours ? null : table.byHandle(previous);
    boolean may =
        ours
            || (from == null ? carriage.may(p.length(), out) : carriage.may(p.length(), from, out));
    if (!may) {
      decline(e, p, out);
      return;
    }
    aim(e, previous);
    if (envelope.avoidCount() > 0 && standsOff) {
      decision.standOff(table, table.nearPrefix());
    } else {
      decision.closer(table, envelope.avoidCount() == 0 || !limited);
    }
    if (give(e, p, out)) {
      return;
    }
    if (from != null) {
      handBack(e, from, p, out);
      return;
    }
    // Nobody to hand it back to: it is ours, or that link is gone. A detour then: from a node that
    // is not nearer, another way may lead on; if it leads back here, the filter returns it.
    decision.any(table);
    if (give(e, p, out)) {
      out.count(Tally.ROUTE_DETOUR);
      return;
    }
    out.count(Tally.ROUTE_DEAD_END);
    p.release();
  }

  /** A copy that we do not carry goes back, as from a dead end: its sender has other ways. */
  private void decline(int e, Packet p, Effects out) {
    Slot back = table.byHandle(seen.previous(e));
    if (back != null && carriage.mayHandBack(p.length(), out)) {
      out.count(Tally.CARRY_DECLINED);
      handBack(e, back, p, out);
    } else {
      out.count(Tally.CARRY_DROPPED);
      p.release();
    }
  }

  private void handBack(int e, Slot back, Packet p, Effects out) {
    if (seen.returns(e) < MAX_RETURNS) {
      handBack(back, p, seen.returns(e) + 1, out);
    } else {
      out.count(Tally.ROUTE_GIVEN_UP);
      p.release();
    }
  }

  private void aim(int e, int previous) {
    decision.target(
        envelope.targetWord(0),
        envelope.targetWord(1),
        envelope.targetWord(2),
        envelope.targetWord(3));
    decision.without(previous);
    for (int i = 0, n = seen.triedCount(e); i < n; i++) {
      decision.without(seen.tried(e, i));
    }
    byte[] b = envelope.array();
    for (int i = 0, n = envelope.avoidCount(); i < n; i++) {
      int o = envelope.avoidAt() + NodeId.BYTES * i;
      decision.avoid(Words.at(b, o), Words.at(b, o + 8), Words.at(b, o + 16), Words.at(b, o + 24));
    }
  }

  private boolean give(int e, Packet p, Effects out) {
    if (seen.triedCount(e) == SeenCopies.MAX_TRIED) {
      return false;
    }
    int bytes = p.length(); // once offered the packet is no longer ours
    for (int r = 0, n = decision.count(); r < n; r++) {
      Slot to = table.at(decision.index(r));
      if (out.offer(to.link, p, TRANSIT)) {
        seen.give(e, to.handle);
        if (!envelope.isFor(to.id)) {
          carriage.gave(bytes, to);
        }
        out.count(Tally.FORWARDED);
        out.count(Tally.FORWARDED_BYTES, bytes);
        if (seen.previous(e) != SeenCopies.SELF) {
          carried(e, bytes);
        }
        return true;
      }
      out.count(Tally.LINK_FULL);
      if (!nextWhenFull) {
        p.release();
        return true;
      }
    }
    return false;
  }

  private void carried(int e, int bytes) {
    Slot from = table.byHandle(seen.previous(e));
    if (from == null) {
      carriage.carried(bytes);
    } else {
      carriage.carried(bytes, from);
    }
  }

  /** Sends the frame in {@code p} back to where it came from; the packet is gone afterwards. */
  private void handBack(Slot to, Packet p, int count, Effects out) {
    int length = p.length();
    if (!returns) {
      out.count(Tally.ROUTE_GIVEN_UP);
      p.release();
      return;
    }
    int header = FrameHeader.bytes(length + 1) + 1;
    if (header + length > FrameHeader.MAX_RECORD) {
      out.count(Tally.RETURN_TOO_LONG);
      p.release();
      return;
    }
    Packet q = p;
    if (p.offset() < header) {
      q = out.packet(header + length);
      System.arraycopy(p.array(), p.offset(), q.array(), header, length);
      q.set(header, length);
      p.release();
    }
    int start = q.offset() - header;
    writer.reset(q.array(), start);
    FrameHeader.write(writer, FrameType.RETURNED, length + 1);
    writer.u8(count);
    q.set(start, header + length);
    if (out.offer(to.link, q, TRANSIT)) {
      out.count(Tally.RETURNED);
    } else {
      out.count(Tally.LINK_FULL);
      q.release();
    }
  }

  /** See {@link Routing#originate}. */
  int originate(byte[] frame, NodeId target, Copies plan, FirstHops recent, Effects out) {
    if (target.equals(self)) {
      throw new IllegalArgumentException("a message to oneself never leaves the node");
    }
    int length;
    try {
      reader.reset(frame, 0, frame.length);
      FrameHeader.read(reader);
      length = reader.remaining();
      envelope.over(frame, reader.position(), length);
      if (!envelope.isFor(target) || envelope.avoidCount() != 0) {
        throw new Malformed("not a fresh frame for that target");
      }
    } catch (Malformed e) {
      throw new IllegalArgumentException(e);
    }
    int most = recent.copies(plan, direct(target), table.stratum(target), out.now());
    recent.begin(target, plan == Copies.THIRD, out.now());
    int sent = 0;
    for (int copy = 0; copy < most; copy++) {
      Slot to = first(frame, length, copy, recent, out);
      if (to == null && plan == Copies.ONE_DIRECT && most == 1 && copies) {
        most = 2; // the direct link is full
      } else if (to != null) {
        recent.used(to, out.now());
        sent++;
      }
    }
    return sent;
  }

  private boolean direct(NodeId target) {
    Slot s = table.byId(target);
    return s != null && !s.resting();
  }

  /** Sends one copy by a first hop that no copy of this frame has taken; null if none takes it. */
  private @Nullable Slot first(byte[] frame, int length, int copy, FirstHops recent, Effects out) {
    int ids = recent.marks(self, copy);
    Packet p = out.packet(Envelope.avoidingBytes(length, ids));
    writer.reset(p.array(), 0);
    reader.reset(frame, frame.length - length, length);
    try {
      envelope.over(frame, frame.length - length, length);
      envelope.writeAvoiding(writer, frame[1], length, recent.marks(), ids);
      p.set(0, writer.length());
      int start = writer.length() - length - ids * NodeId.BYTES;
      envelope.over(p.array(), start, writer.length() - start);
    } catch (Malformed e) {
      throw new IllegalStateException("what we encode, we decode", e);
    }
    int e = seen.add(seen.key(envelope, out.random()), SeenCopies.SELF, out.now());
    Slot to = recent.offer(decision, table, envelope, copy, p, out);
    if (to == null) {
      p.release();
      return null;
    }
    seen.give(e, to.handle);
    if (!envelope.isFor(to.id)) {
      carriage.gave(length, to);
    }
    return to;
  }
}
