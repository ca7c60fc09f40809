package org.wayfolk.simulator.hostile;

import org.wayfolk.sim.SimHost;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

/**
 * Stops reading, but for a moment before its neighbours' transports would call that a stall: so
 * what is sent to it fills windows and outboxes and is late by seconds, and is then swallowed. It
 * goes on talking, so that nobody takes it for dead.
 */
final class StopReading implements Mischief {
  /** Transports close a link that acknowledges nothing for 5 s. */
  private static final long PATIENCE_NANOS = 4_000_000_000L;

  /** Long enough to take what lies there, and the next window. */
  private static final long MOMENT_NANOS = 200_000_000L;

  private static final byte[] PING = FrameHeader.frame(FrameType.PING, new byte[0]);

  private final Gang gang;
  private final BlackHole hole;
  private boolean begun;
  private boolean reading = true;
  private long turned;

  StopReading(Gang gang) {
    this.gang = gang;
    hole = new BlackHole(gang);
  }

  @Override
  public boolean in(HostileTransport at, Link from, Packet frame) {
    return begun && hole.in(at, from, frame);
  }

  @Override
  public void step(HostileTransport at) {
    SimHost host = at.beneath().host();
    long now = host.clock().nanos();
    if (begun && now - turned < (reading ? MOMENT_NANOS : PATIENCE_NANOS)) {
      return;
    }
    begun = true;
    turned = now;
    reading = !reading;
    host.clog(!reading);
    if (!reading) {
      return;
    }
    for (Link l : at.links()) {
      Packet p = at.packets().take(PING.length);
      System.arraycopy(PING, 0, p.array(), 0, PING.length);
      p.set(0, PING.length);
      if (l.offer(p, TrafficClass.CONTROL)) {
        gang.count("pings");
      } else {
        p.release();
      }
    }
  }
}
