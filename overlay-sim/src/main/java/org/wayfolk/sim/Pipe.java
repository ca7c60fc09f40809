package org.wayfolk.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/**
 * One direction of a link: outboxes by class, a window of unacknowledged bytes, what is in flight,
 * and how it ends. Two events serve it however many frames it carries: one sends, one arrives.
 */
final class Pipe {
  /** Unacknowledged bytes a sender may have: the stream window of the QUIC transport. */
  static final int WINDOW = 1 << 20;

  /** Bytes a packet carries, and that each frame costs on top. */
  private static final int PACKET = 1_200;

  private static final int OVERHEAD = 45;

  /**
   * Losses of one packet in a row that are counted: 1.5 round trips doubled so often pass the stall
   * limit.
   */
  private static final int MAX_LOSSES = 7;

  private static final TrafficClass[] CLASSES = TrafficClass.values();

  private final SimWorld world;
  private final SimLink from;
  private final SimLink to;
  private final SplittableRandom dice;
  private final List<ArrayDeque<Packet>> outbox =
      List.of(new ArrayDeque<>(2), new ArrayDeque<>(2), new ArrayDeque<>(2));
  private final int[] queued = new int[CLASSES.length];
  private final Flights flights = new Flights();
  private final Flights acks = new Flights();
  private long unacked;
  private long wireFreeAt;
  private long lastArrival;
  private long progressAt;
  private long muteSince = -1;
  private boolean held;
  private @Nullable CloseReason goodbye;

  private final Event send = new Send();
  private final Event arrive = new Arrive();
  private final Event stall = new Stall();
  private final Event idle = new Idle();

  Pipe(SimWorld world, SimLink from, SimLink to, SplittableRandom dice) {
    this.world = world;
    this.from = from;
    this.to = to;
    this.dice = dice;
  }

  /** Takes the packet into the outbox of its class, or answers false. */
  boolean offer(Packet p, TrafficClass kind) {
    int k = kind.rank();
    if (queued[k] + p.length() > OutboxLimits.of(kind)) {
      return false;
    }
    retire(world.nanos());
    if (!waiting()) {
      progressAt = Math.max(progressAt, world.nanos());
    }
    // Copied as a socket would: who goes on using an offered packet is caught by its release.
    outbox.get(k).add(world.packets().copyOf(p.array(), p.offset(), p.length()));
    queued[k] += p.length();
    p.release();
    // Leaves by an event of this instant, so that all that one turn offers goes in the order of its
    // classes.
    if (!send.scheduled()) {
      world.schedule(send, world.nanos());
    }
    return true;
  }

  SimLink receiver() {
    return to;
  }

  int queued(TrafficClass kind) {
    return queued[kind.rank()];
  }

  /** Puts the end of the stream behind what has left; what waits is dropped. */
  void end(CloseReason why) {
    dropOutbox();
    if (carries()) {
      goodbye = why;
      lastArrival = Math.max(lastArrival, world.nanos() + travel());
      if (flights.isEmpty()) {
        world.schedule(arrive, lastArrival);
      }
    }
  }

  /** The sending end is gone. */
  void dropOutbox() {
    for (int k = 0; k < CLASSES.length; k++) {
      ArrayDeque<Packet> q = outbox.get(k);
      while (!q.isEmpty()) {
        q.remove().release();
      }
      queued[k] = 0;
    }
    world.cancel(send);
    world.cancel(stall);
  }

  /** The receiving end is gone. */
  void dropFlights() {
    flights.releaseAll();
    goodbye = null;
    world.cancel(arrive);
    world.cancel(idle);
  }

  /** Who reaches whom, or who reads, may have changed. */
  void refresh() {
    if (carries()) {
      muteSince = -1;
    } else if (muteSince < 0) {
      muteSince = world.nanos();
      world.schedule(idle, muteSince + world.network().idleNanos());
    }
    unhold(shape().delayNanos());
    if (waiting()) {
      if (from.live() && !send.scheduled()) {
        world.schedule(send, world.nanos());
      }
      armStall();
    }
  }

  /** What had to wait at the receiving end goes on, if it can. */
  void unhold(long after) {
    if (held && readable()) {
      held = false;
      world.schedule(arrive, world.nanos() + after);
    }
  }

  /** Books what has been acknowledged, before the way back changes. */
  void settle() {
    retire(world.nanos());
  }

  private boolean waiting() {
    return unacked > 0 || queuedAtAll();
  }

  private boolean queuedAtAll() {
    return queued[0] + queued[1] + queued[2] > 0;
  }

  /** Whether what the sender says gets through. */
  private boolean carries() {
    return from.host().speaks() && !from.silent() && world.network().passes(from.host(), to.host());
  }

  private boolean readable() {
    return to.readable() && world.network().passes(from.host(), to.host());
  }

  private boolean acknowledges() {
    return to.live() && to.host().reads() && world.network().passes(to.host(), from.host());
  }

  private WireShape shape() {
    return world.network().shape(from.host(), to.host());
  }

  private long travel() {
    WireShape s = shape();
    long jitter = s.jitterNanos();
    return s.delayNanos() + (jitter > 0 ? dice.nextLong(jitter) : 0);
  }

  private long delayBack() {
    return world.network().shape(to.host(), from.host()).delayNanos();
  }

  private void pump() {
    long now = world.nanos();
    retire(now);
    while (from.live() && carries()) {
      int k = queued[0] > 0 ? 0 : queued[1] > 0 ? 1 : 2;
      Packet p = outbox.get(k).peek();
      if (p == null) {
        break;
      }
      if (unacked > 0 && unacked + p.length() > WINDOW) {
        if (!acks.isEmpty()) {
          world.schedule(send, acks.headAt());
        }
        break;
      }
      if (wireFreeAt > now) {
        world.schedule(send, wireFreeAt);
        break;
      }
      outbox.get(k).remove();
      queued[k] -= p.length();
      transmit(p, CLASSES[k], now);
    }
    if (waiting() && !(carries() && acknowledges())) {
      armStall();
    }
  }

  private void transmit(Packet p, TrafficClass kind, long now) {
    WireShape s = shape();
    int length = p.length();
    long rate = s.bytesPerSecond();
    if (rate > 0) {
      wireFreeAt = now + (length + OVERHEAD) * 1_000_000_000L / rate;
    }
    int type = type(p);
    from.sent(length, kind, type);
    double frameLoss = s.frameLoss(type);
    if (frameLoss > 0 && dice.nextDouble() < frameLoss) {
      world.record(Trace.Kind.LOST, from.host().index(), to.host().index(), length, type);
      world.watched(from.host(), to.host(), p, false);
      p.release();
      return;
    }
    long late = s.loss() > 0 ? retransmissions(s, length) : 0;
    long leaves = Math.max(now, wireFreeAt);
    lastArrival = Math.max(lastArrival, leaves + travel() + late);
    unacked += length;
    flights.add(p, lastArrival, now, length);
    if (!arrive.scheduled()) {
      world.schedule(arrive, lastArrival);
    }
  }

  private long retransmissions(WireShape s, int length) {
    long timeout = Math.max(1_000_000L, (s.delayNanos() + delayBack()) * 3 / 2);
    long worst = 0;
    for (int left = length + OVERHEAD; left > 0; left -= PACKET) {
      long late = 0;
      for (int i = 0; i < MAX_LOSSES && dice.nextDouble() < s.loss(); i++) {
        late += timeout << i;
      }
      worst = Math.max(worst, late);
    }
    return worst;
  }

  private void arrived() {
    long now = world.nanos();
    while (!flights.isEmpty() && flights.headAt() <= now) {
      if (to.closed()) {
        // Nobody is there to acknowledge: the sender's stall or silence ends it.
        flights.releaseAll();
        armStall();
        return;
      }
      if (!readable()) {
        held = true;
        armStall();
        return;
      }
      int length = flights.headLength();
      long sentAt = flights.headSentAt();
      Packet p = flights.remove();
      acks.add(null, now + delayBack(), 0, length);
      from.measured(now - sentAt + delayBack());
      world.record(
          Trace.Kind.FRAME,
          from.host().index(),
          to.host().index(),
          length,
          p == null ? 0 : type(p));
      if (!send.scheduled() && from.live() && queuedAtAll()) {
        world.schedule(send, now + delayBack());
      }
      if (p != null) {
        world.watched(from.host(), to.host(), p, true);
        to.deliver(p);
      }
    }
    if (!flights.isEmpty()) {
      world.schedule(arrive, flights.headAt());
    } else if (goodbye != null) {
      if (!readable()) {
        held = true;
      } else if (lastArrival > now) {
        world.schedule(arrive, lastArrival);
      } else {
        CloseReason why = goodbye;
        goodbye = null;
        to.closedByPeer(why);
      }
    }
  }

  /** Takes back the window for what has been acknowledged by now. */
  private void retire(long now) {
    if (!world.network().passes(to.host(), from.host())) {
      return;
    }
    while (!acks.isEmpty() && acks.headAt() <= now) {
      progressAt = Math.max(progressAt, acks.headAt());
      unacked -= acks.headLength();
      acks.remove();
    }
  }

  private void armStall() {
    if (!stall.scheduled() && from.live()) {
      world.schedule(stall, Math.max(world.nanos(), progressAt + OutboxLimits.STALL_NANOS));
    }
  }

  static int type(Packet p) {
    return p.length() > 1 ? p.array()[p.offset() + 1] & 0xff : 0;
  }

  private final class Send extends Event {
    @Override
    void happen() {
      pump();
    }
  }

  private final class Arrive extends Event {
    @Override
    void happen() {
      arrived();
    }
  }

  private final class Stall extends Event {
    @Override
    void happen() {
      retire(at);
      if (!waiting() || !from.live() || (carries() && acknowledges())) {
        return;
      }
      if (at - progressAt >= OutboxLimits.STALL_NANOS) {
        from.transport().count(CounterName.STALLED);
        from.abort(CloseReason.TIMEOUT);
      } else {
        armStall();
      }
    }
  }

  private final class Idle extends Event {
    @Override
    void happen() {
      if (muteSince < 0 || carries()) {
        return;
      }
      if (at - muteSince < world.network().idleNanos()) {
        world.schedule(idle, muteSince + world.network().idleNanos());
      } else {
        to.abort(CloseReason.TIMEOUT);
      }
    }
  }
}
