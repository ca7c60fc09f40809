package org.wayfolk.sim;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.routing.Envelope;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Writer;

/** Frames of every type that are nearly good, made from what a hostile peer knows and has heard. */
final class HostileFrames {
  private static final int MOST = FrameHeader.MAX_RECORD;

  private final RandomGenerator dice;
  private final HostilePeer peer;
  private final List<NodeId> ids;
  private final List<Identity> others;

  /**
   * @param ids of honest nodes
   * @param others further identities of the attacker
   */
  HostileFrames(HostilePeer peer, RandomGenerator dice, List<NodeId> ids, List<Identity> others) {
    this.peer = peer;
    this.dice = dice;
    this.ids = ids;
    this.others = others;
  }

  /** The next frame; one in two is mutated behind its header, one in two thousand anywhere. */
  byte[] next(NodeId to) {
    byte[] frame = make(to);
    if (dice.nextBoolean()) {
      return frame;
    }
    return dice.nextInt(1_000) == 0 ? bend(frame, 0) : again(bend(frame, 5));
  }

  /** The header says again how long the frame is, else most of them would end there. */
  private static byte[] again(byte[] frame) {
    if (frame.length < 6) {
      return frame;
    }
    int at = 2;
    while (at < frame.length - 1 && frame[at] < 0) {
      at++;
    }
    byte[] payload = Arrays.copyOfRange(frame, at + 1, frame.length);
    return FrameHeader.frame(frame[1], payload);
  }

  private byte[] make(NodeId to) {
    return switch (dice.nextInt(16)) {
      case 0, 1, 2 -> route(to);
      case 3, 4 -> heardAgain();
      case 5 -> returned();
      case 6, 7 -> find(to);
      case 8 -> found();
      case 9, 10 -> linkTable(to);
      case 11 -> FrameHeader.frame(FrameType.PING, bytes(dice.nextInt(4)));
      case 12 -> pong();
      case 13 -> record();
      case 14 -> FrameHeader.frame(dice.nextInt(256), bytes(dice.nextInt(200)));
      default -> rare();
    };
  }

  /** What closes our own link if it is understood. */
  private byte[] rare() {
    if (dice.nextInt(200) != 0) {
      return FrameHeader.frame(22 + dice.nextInt(200), bytes(dice.nextInt(64)));
    }
    int type = dice.nextBoolean() ? FrameType.LEAVE : FrameType.LINK_HELLO;
    return FrameHeader.frame(type, bytes(dice.nextInt(200)));
  }

  private byte[] bytes(int n) {
    byte[] b = new byte[n];
    dice.nextBytes(b);
    return b;
  }

  private NodeId somebody() {
    return switch (dice.nextInt(8)) {
      case 0 -> NodeId.of(bytes(NodeId.BYTES));
      case 1 -> peer.identity.id();
      default -> ids.get(dice.nextInt(ids.size()));
    };
  }

  private byte[] route(NodeId to) {
    Identity from = others.get(dice.nextInt(others.size()));
    int kind = 1 + dice.nextInt(6);
    int length = dice.nextInt(20) == 0 ? dice.nextInt(60_000) : dice.nextInt(300);
    byte[] body = bytes(length);
    Writer w = PayloadKind.write(new Writer(PayloadKind.PREFIX_BYTES + length), kind).bytes(body);
    NodeId target = dice.nextInt(3) == 0 ? to : somebody();
    long sent = peer.wallMillis() * 1_000_000 + dice.nextLong(-1_000_000_000L, 1_000_000_000L);
    byte[] key = from.publicIdentity().key();
    byte[] f = Envelope.sign(FrameType.ROUTE, target, key, sent, w.toBytes(), from::signEnvelope);
    int start = f.length - Envelope.bytes(w.length());
    f[start + Envelope.TTL_AT] = (byte) dice.nextInt(256);
    return dice.nextBoolean() ? f : avoiding(f, start);
  }

  private byte[] avoiding(byte[] f, int start) {
    int n = dice.nextInt(4);
    Writer w = new Writer(f.length - start + n * NodeId.BYTES);
    w.bytes(f, start, 73).uvarint(n);
    for (int i = 0; i < n; i++) {
      w.nodeId(somebody());
    }
    w.bytes(f, start + 74, f.length - start - 74);
    return FrameHeader.frame(FrameType.ROUTE, w.toBytes());
  }

  private byte[] heardAgain() {
    return peer.heard.isEmpty()
        ? bytes(40)
        : peer.heard.get(dice.nextInt(peer.heard.size())).clone();
  }

  private byte[] returned() {
    byte[] inner = heardAgain();
    if (inner.length > 1 && inner[1] == FrameType.RETURNED) {
      inner = Arrays.copyOfRange(inner, Math.min(4, inner.length), inner.length);
    }
    Writer w = new Writer(1 + inner.length);
    return FrameHeader.frame(FrameType.RETURNED, w.u8(dice.nextInt(6)).bytes(inner).toBytes());
  }

  private byte[] find(NodeId to) {
    int n = dice.nextInt(10);
    int passed = dice.nextInt(4) == 0 ? dice.nextInt(10) : 0;
    Writer w = new Writer(42 + 32 * n);
    w.i64(dice.nextLong()).nodeId(somebody()).u8(n).u8(passed);
    for (int i = 0; i < n; i++) {
      w.nodeId(i + 1 == passed ? to : somebody());
    }
    byte[] padded = Arrays.copyOf(w.toBytes(), Math.max(w.length(), dice.nextInt(2_100)));
    return FrameHeader.frame(FrameType.FIND, padded);
  }

  /** An answer to a find that we were asked, with records that we heard. */
  private byte[] found() {
    byte[] find = null;
    for (int i = 0; i < 20 && !peer.heard.isEmpty(); i++) {
      byte[] f = peer.heard.get(dice.nextInt(peer.heard.size()));
      if (f.length > 50 && f[1] == FrameType.FIND) {
        find = f;
      }
    }
    Writer w = new Writer(9 + 20 * 700);
    if (find == null) {
      w.i64(dice.nextLong());
    } else {
      w.bytes(find, find[2] < 0 ? 4 : 3, 8);
    }
    int n = dice.nextInt(21);
    w.u8(n);
    for (int i = 0; i < n; i++) {
      byte[] r = heardAgain();
      int at = Math.min(4, r.length);
      w.prefixed(Arrays.copyOfRange(r, at, Math.min(r.length, at + 600)));
    }
    return FrameHeader.frame(FrameType.FOUND, w.toBytes());
  }

  private byte[] linkTable(NodeId near) {
    int gone = dice.nextInt(4) == 0 ? dice.nextInt(256) : 0;
    int come = dice.nextInt(129);
    Writer w = new Writer(3 + 8 * (gone + come));
    w.u8(dice.nextInt(3)).u8(gone);
    for (int i = 0; i < gone; i++) {
      w.i64(claim(near));
    }
    w.u8(come);
    for (int i = 0; i < come; i++) {
      w.i64(claim(near));
    }
    return FrameHeader.frame(FrameType.LINK_TABLE, w.toBytes());
  }

  private long claim(NodeId near) {
    return switch (dice.nextInt(3)) {
      case 0 -> near.a() ^ dice.nextLong() >>> dice.nextInt(64);
      case 1 -> somebody().a();
      default -> dice.nextLong();
    };
  }

  private byte[] pong() {
    Address a = Address.ofV4(dice.nextInt(), dice.nextInt(65_536));
    Writer w = new Writer(a.wireBytes());
    a.write(w);
    return FrameHeader.frame(FrameType.PONG, w.toBytes());
  }

  private byte[] record() {
    for (int i = 0; i < 20 && !peer.heard.isEmpty(); i++) {
      byte[] f = peer.heard.get(dice.nextInt(peer.heard.size()));
      if (f.length > 1 && f[1] == FrameType.RECORD) {
        return f.clone();
      }
    }
    return FrameHeader.frame(FrameType.RECORD, bytes(dice.nextInt(700)));
  }

  /** Changes some bytes from an index on: flips, cuts, inserts, fills, joins with another. */
  private byte[] bend(byte[] frame, int from) {
    if (frame.length <= from) {
      return frame;
    }
    byte[] f = frame.clone();
    for (int n = 1 + dice.nextInt(4); n > 0 && f.length > from; n--) {
      int at = from + dice.nextInt(f.length - from);
      switch (dice.nextInt(6)) {
        case 0, 1 -> f[at] ^= (byte) (1 << dice.nextInt(8));
        case 2 -> f[at] = (byte) (dice.nextBoolean() ? 0xff : dice.nextInt(256));
        case 3 -> f = Arrays.copyOf(f, at);
        case 4 -> {
          byte[] longer = Arrays.copyOf(f, Math.min(MOST, f.length + 1 + dice.nextInt(40)));
          System.arraycopy(f, at, longer, longer.length - (f.length - at), f.length - at);
          f = longer;
        }
        default -> {
          byte[] other = heardAgain();
          int k = Math.min(other.length, f.length - at);
          System.arraycopy(other, 0, f, at, k);
        }
      }
    }
    return f.length == 0 ? frame : f;
  }
}
