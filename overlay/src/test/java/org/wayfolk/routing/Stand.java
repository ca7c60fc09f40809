package org.wayfolk.routing;

import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Writer;

/** One routing protocol with links to nowhere, whose ids a test chooses. */
final class Stand {
  static final Network NET = Network.local("stand");
  static final NodeId SELF = id(0);

  final KnownPeers known = new KnownPeers(SELF);
  final Routing routing;
  final RecordedEffects out;
  private int frames;
  private int peers;

  Stand() {
    this(RoutingSettings.DEFAULT.withSeenCopies(1_024));
  }

  Stand(RoutingSettings settings) {
    RecordCheck check = new RecordCheck(Crypto.best(), NET);
    routing = new Routing(SELF, NET, known, check, settings, 0);
    out = new RecordedEffects(routing);
  }

  /** An id by its first byte. */
  static NodeId id(int first) {
    return new NodeId((long) first << 56, 0, 0, 7);
  }

  FakeLink up(NodeId peer) {
    return up(peer, true, "10.0.0.1:4242");
  }

  FakeLink up(NodeId peer, boolean dialled, String address) {
    FakeLink link = new FakeLink(peer, Address.parse(address));
    link.dialled = dialled;
    up(link);
    return link;
  }

  void up(FakeLink link) {
    PeerRecord r = Records.of(NET, 1 + peers++ % 60, out.wallMillis(), "10.0.0.1:4242");
    out.give(new Input.LinkUp(link, r, 0, 0));
  }

  /** A later record of a linked peer says whether it carries for others. */
  void carries(FakeLink link, boolean carries) {
    PeerRecord.Body body = Records.body(1, out.wallMillis(), "10.0.0.1:4242");
    PeerRecord r = Records.sign(NET, 1, carries ? body : Records.leaf(body));
    out.give(new Routing.Renewed(link, r));
  }

  void down(FakeLink link) {
    out.give(new Input.LinkDown(link, CloseReason.NORMAL));
  }

  /** A routed frame with a signature of its own. */
  byte[] route(NodeId target, int ttl) {
    byte[] signature = new byte[64];
    new Writer(signature, 0).i32(++frames);
    byte[] frame =
        Envelope.frame(FrameType.ROUTE, target, new byte[32], 0, new byte[] {5}, signature);
    frame[frame.length - Envelope.bytes(1) + Envelope.TTL_AT] = (byte) ttl;
    return frame;
  }

  static int ttl(byte[] route) {
    return route[route.length - Envelope.bytes(1) + Envelope.TTL_AT];
  }

  static byte[] returned(int count, byte[] frame) {
    int length = 1 + frame.length;
    Writer w = new Writer(org.wayfolk.wire.FrameHeader.bytes(length) + length);
    org.wayfolk.wire.FrameHeader.write(w, FrameType.RETURNED, length);
    return w.u8(count).bytes(frame).toBytes();
  }

  /** The frames of one type that a link was given. */
  static List<byte[]> sent(FakeLink link, int type) {
    return link.sent.stream().map(FakeLink.Sent::frame).filter(f -> f[1] == type).toList();
  }

  long counted(Tally what) {
    return out.counted(what);
  }
}
