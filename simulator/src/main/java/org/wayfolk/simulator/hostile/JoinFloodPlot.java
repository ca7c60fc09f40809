package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.transport.Address;

/**
 * Very many identities at three addresses dial the entry nodes (the first three members) and keep
 * every place they get: they prove who they are and then say nothing but a ping. Who is thrown out
 * dials again.
 */
final class JoinFloodPlot extends Plot {
  static final int ENTRIES = 3;
  private static final int ADDRESSES = 3;
  private static final int IDENTITIES = 120;
  private static final int FLOODERS = 2_000_000;
  private static final long SETTLE_MILLIS = 30_000;

  private final List<RawPeer> flood = new ArrayList<>();
  private List<Peer> entries = List.of();
  private int turn;

  JoinFloodPlot(SimWorld world, SimNetwork net) {
    super(world, net, "join-flood");
  }

  @Override
  Mischief mischief(int before) {
    return new BlackHole(gang);
  }

  @Override
  public Aim begin(List<Member> honest) {
    entries = honest.stream().limit(ENTRIES).map(Member::peer).toList();
    List<SimHost> hosts = new ArrayList<>();
    List<Address> at = new ArrayList<>();
    for (int i = 0; i < ADDRESSES; i++) {
      hosts.add(new SimHost(world));
      at.add(Address.ofV4(0x5f00_0101 + (i << 16), 1_024));
    }
    for (int i = 0; i < IDENTITIES; i++) {
      int a = i % ADDRESSES;
      SimTransport t = new SimTransport(hosts.get(a), at.get(a).withPort(2_000 + i));
      flood.add(
          new RawPeer(
              t, net.network(), net.identity(FLOODERS + i), List.of(), gang.dice, this::heard));
    }
    step();
    return new Aim(List.of(), SETTLE_MILLIS);
  }

  private void heard(RawPeer peer, org.wayfolk.transport.Link link, byte[] frame) {}

  /** A tenth of the flood dials whom it is not linked to; so that it goes on all the time. */
  @Override
  public void step() {
    for (int i = turn++ % 10; i < flood.size(); i += 10) {
      RawPeer p = flood.get(i);
      for (Peer e : entries) {
        p.dial(e);
        gang.count("dial_rounds");
      }
    }
  }

  /** Places that the flood holds now. */
  long held() {
    return flood.stream().mapToLong(p -> p.proven().size()).sum();
  }
}
