package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Lies about its neighbours: its link table claims links to others at random, as many as fit, so
 * that ways seem to lead over it, and it answers finds with other liars alone. What comes to it by
 * its lies it swallows.
 */
final class Lie implements Mischief {
  /** As many claims as a table may have. */
  private static final int CLAIMS = 128;

  private final Gang gang;
  private final BlackHole hole;

  Lie(Gang gang) {
    this.gang = gang;
    hole = new BlackHole(gang);
  }

  @Override
  public boolean in(HostileTransport at, Link from, Packet frame) {
    return hole.in(at, from, frame);
  }

  @Override
  public @Nullable Packet out(HostileTransport at, Link to, Packet frame) {
    int type = Mischief.type(frame);
    byte[] instead =
        type == FrameType.LINK_TABLE ? claims(to) : type == FrameType.FOUND ? friends(frame) : null;
    if (instead == null) {
      return frame;
    }
    gang.count(type == FrameType.FOUND ? "false_founds" : "false_tables");
    frame.release();
    Packet p = at.packets().take(instead.length);
    System.arraycopy(instead, 0, p.array(), 0, instead.length);
    p.set(0, instead.length);
    return p;
  }

  private byte @Nullable [] claims(Link to) {
    List<NodeId> all = new ArrayList<>(gang.others());
    all.remove(to.peer());
    if (all.isEmpty()) {
      return null;
    }
    int n = Math.min(CLAIMS, all.size());
    Writer w = new Writer(3 + Long.BYTES * n);
    w.u8(0).u8(0).u8(n);
    for (int i = 0; i < n; i++) {
      int j = i + gang.dice.nextInt(all.size() - i);
      NodeId claimed = all.set(j, all.get(i));
      w.i64(claimed.a());
    }
    return FrameHeader.frame(FrameType.LINK_TABLE, w.toBytes());
  }

  /** The same answer without those who are not of us. */
  private byte @Nullable [] friends(Packet frame) {
    try {
      Reader r = new Reader(frame.array(), frame.offset(), frame.length());
      FrameHeader.read(r);
      long nonce = r.i64();
      List<byte[]> kept = new ArrayList<>();
      int bytes = Long.BYTES + 1;
      for (int n = r.u8(); n > 0; n--) {
        byte[] record = r.copyPrefixed(PeerRecord.MAX_BYTES);
        if (gang.has(RecordCheck.decode(record).id())) {
          kept.add(record);
          bytes += Writer.uvarintLength(record.length) + record.length;
        }
      }
      Writer w = new Writer(bytes);
      w.i64(nonce).u8(kept.size());
      kept.forEach(w::prefixed);
      return FrameHeader.frame(FrameType.FOUND, w.toBytes());
    } catch (Malformed e) {
      return null;
    }
  }
}
