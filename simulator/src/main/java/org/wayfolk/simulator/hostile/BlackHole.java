package org.wayfolk.simulator.hostile;

import org.wayfolk.routing.Envelope;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/** Takes routed frames that are for others and forwards nothing; hands nothing back either. */
final class BlackHole implements Mischief {
  private final Gang gang;
  private final Envelope view = new Envelope();

  BlackHole(Gang gang) {
    this.gang = gang;
  }

  @Override
  public boolean in(HostileTransport at, Link from, Packet frame) {
    int type = Mischief.type(frame);
    boolean transit = type == FrameType.RETURNED || (type == FrameType.ROUTE && forOthers(frame));
    if (transit) {
      gang.count("swallowed");
      frame.release();
    }
    return transit;
  }

  private boolean forOthers(Packet p) {
    try {
      Reader r = new Reader(p.array(), p.offset(), p.length());
      FrameHeader.read(r);
      view.over(r.array(), r.position(), r.remaining());
      return !gang.has(view.target());
    } catch (Malformed e) {
      return false;
    }
  }
}
