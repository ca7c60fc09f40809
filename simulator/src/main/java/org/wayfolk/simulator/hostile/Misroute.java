package org.wayfolk.simulator.hostile;

import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.routing.Envelope;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * Forwards to a wrong neighbour: by turns to the one it came from, which has seen it and takes it
 * for a loop, and to the one that is farthest from the target. The frame stays good, so whoever
 * gets it has to work for it.
 */
final class Misroute implements Mischief {
  private final Gang gang;
  private final Envelope view = new Envelope();
  private boolean backwards;

  Misroute(Gang gang) {
    this.gang = gang;
  }

  @Override
  public boolean in(HostileTransport at, Link from, Packet frame) {
    int type = Mischief.type(frame);
    if (type == FrameType.RETURNED) {
      gang.count("swallowed");
      frame.release();
      return true;
    }
    return type == FrameType.ROUTE && misrouted(at, from, frame);
  }

  private boolean misrouted(HostileTransport at, Link from, Packet frame) {
    try {
      Reader r = new Reader(frame.array(), frame.offset(), frame.length());
      FrameHeader.read(r);
      view.over(r.array(), r.position(), r.remaining());
    } catch (Malformed e) {
      return false;
    }
    NodeId target = view.target();
    if (gang.has(target)) {
      return false;
    }
    backwards = !backwards;
    Link worst = backwards ? from : null;
    List<Link> links = at.links();
    int first = links.isEmpty() ? 0 : gang.dice.nextInt(links.size());
    for (int i = 0; i < links.size(); i++) {
      Link l = links.get((first + i) % links.size());
      boolean better =
          worst == null || l.peer().commonPrefix(target) < worst.peer().commonPrefix(target);
      better &= !backwards;
      if (l.serial() != from.serial() && !l.peer().equals(target) && better) {
        worst = l;
      }
    }
    view.ttl(Math.max(1, view.ttl() - 1));
    if (worst == null || !worst.offer(frame, TrafficClass.TRANSIT)) {
      frame.release();
    }
    gang.count("misrouted");
    return true;
  }
}
