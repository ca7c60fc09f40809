package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.hello.OwnRecord;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Writer;

/**
 * Answers every find with signed records of identities that do not run anywhere and name the
 * address of a bystander, each with another port: whoever believes them dials it.
 */
final class ReflectPlot extends Plot {
  private static final int LIARS = 4;
  private static final int RECORDS = 400;
  private static final int NUMBERS = 4_000_000;

  /** Most records in an answer to a find of ours, and most bytes. */
  private static final int RECORDS_EACH = 12;

  private static final long SETTLE_MILLIS = 5_000;

  /** Whom they name: a site of its own. */
  private static final int BYSTANDER = 0x5f07_0707;

  private final List<RawPeer> liars = new ArrayList<>();
  private final List<PeerRecord> records = new ArrayList<>();
  private List<Member> honest = List.of();

  ReflectPlot(SimWorld world, SimNetwork net) {
    super(world, net, "reflect");
  }

  @Override
  Mischief mischief(int before) {
    return new BlackHole(gang);
  }

  /** Whether an address is the bystander's. */
  static boolean isBystander(Address a) {
    return a.site() == Address.ofV4(BYSTANDER, 1_024).site();
  }

  @Override
  public Aim begin(List<Member> all) {
    honest = List.copyOf(all);
    SimTransport first = world.transport();
    Address asked = Address.ofV4(0x4001_0101, 1_024);
    for (int i = 0; i < RECORDS; i++) {
      Identity nobody = net.identity(NUMBERS + LIARS + i);
      OwnRecord own = new OwnRecord(nobody, net.network());
      own.addresses(List.of(Address.ofV4(BYSTANDER, 2_000 + i)));
      records.add(own.forPeer(asked, first.host().clock().wallMillis()));
      nobody.close();
    }
    for (int i = 0; i < LIARS; i++) {
      SimTransport t = i == 0 ? first : world.transport();
      Identity me = net.identity(NUMBERS + i);
      RawPeer liar =
          new RawPeer(t, net.network(), me, List.of(t.address()), gang.dice, this::heard);
      liars.add(liar);
    }
    step();
    return new Aim(List.of(), SETTLE_MILLIS);
  }

  @Override
  public void step() {
    for (RawPeer l : liars) {
      for (Member m : honest) {
        l.dial(m.peer());
      }
    }
  }

  private void heard(RawPeer peer, Link link, byte[] frame) {
    if (frame[1] != FrameType.FIND || frame.length < 100) {
      return;
    }
    int payload = frame[2] < 0 ? 4 : 3;
    NodeId target = NodeId.of(java.util.Arrays.copyOfRange(frame, payload + 8, payload + 40));
    List<PeerRecord> best = new ArrayList<>(records);
    best.sort((a, b) -> target.compareDistance(a.id(), b.id()));
    Writer w = new Writer(9 + RECORDS_EACH * (PeerRecord.MAX_BYTES + 2));
    w.bytes(frame, payload, 8);
    int n = Math.min(RECORDS_EACH, best.size());
    w.u8(n);
    for (int i = 0; i < n; i++) {
      w.prefixed(best.get(i).bytes());
    }
    gang.count("false_founds");
    peer.write(link, FrameHeader.frame(FrameType.FOUND, w.toBytes()));
  }
}
