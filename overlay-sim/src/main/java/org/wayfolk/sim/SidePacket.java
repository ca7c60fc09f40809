package org.wayfolk.sim;

import java.util.SplittableRandom;
import org.wayfolk.transport.Address;

/** A packet beside all links, on its way. */
final class SidePacket extends Event {
  private final SimTransport from;
  private final Address to;
  private final byte[] payload;
  private final SplittableRandom dice;

  SidePacket(SimTransport from, Address to, byte[] payload, long number) {
    this.from = from;
    this.to = to;
    this.payload = payload;
    this.dice = Seeds.generator(from.world().seed(), "side", from.host().index(), number);
  }

  private SidePacket(SidePacket twin) {
    from = twin.from;
    to = twin.to;
    payload = twin.payload.clone();
    dice = twin.dice.split();
  }

  void send() {
    SimTransport there = from.world().at(to);
    if (there == null) {
      return;
    }
    WireShape s = from.world().network().shape(from.host(), there.host());
    boolean twice = dice.nextDouble() < s.duplicate();
    fly(s);
    if (twice) {
      new SidePacket(this).fly(s);
    }
  }

  private void fly(WireShape s) {
    if (dice.nextDouble() < s.loss()) {
      return;
    }
    long travel = s.delayNanos();
    if (s.jitterNanos() > 0) {
      travel += dice.nextLong(s.jitterNanos());
    }
    if (dice.nextDouble() < s.reorder()) {
      travel += dice.nextLong(1, 4 * s.delayNanos() + 2);
    }
    from.world().schedule(this, from.world().nanos() + travel);
  }

  @Override
  void happen() {
    SimTransport there = from.world().at(to);
    if (there != null && from.world().network().passes(from.host(), there.host())) {
      from.world()
          .record(Trace.Kind.SIDE, from.host().index(), there.host().index(), payload.length, 0);
      there.side(from.address(), payload);
    }
  }
}
