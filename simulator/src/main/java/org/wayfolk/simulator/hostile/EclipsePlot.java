package org.wayfolk.simulator.hostile;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;

/**
 * Mines identities until 16 are nearer to a victim than any honest node, and joins with them. They
 * swallow what is to be carried and name only each other to those who look for neighbours.
 */
final class EclipsePlot extends Plot {
  /** As many as a node has siblings. */
  private static final int NEAREST = 16;

  /** Where the numbers of mined identities begin: no member has such a one. */
  private static final int MINED = 1_000_000;

  /** Until links are made, tables told and the victim's siblings looked up. */
  private static final long SETTLE_MILLIS = 90_000;

  EclipsePlot(SimWorld world, SimNetwork net) {
    super(world, net, "eclipse");
  }

  @Override
  Mischief mischief(int before) {
    Lie lie = new Lie(gang);
    return new Mischief() {
      @Override
      public boolean in(HostileTransport at, Link from, Packet frame) {
        return lie.in(at, from, frame);
      }

      @Override
      public @Nullable Packet out(HostileTransport at, Link to, Packet frame) {
        // Its link tables are true: who is linked to the victim need not lie to draw what is for
        // it.
        return Mischief.type(frame) == org.wayfolk.wire.FrameType.FOUND
            ? lie.out(at, to, frame)
            : frame;
      }
    };
  }

  @Override
  public Aim begin(List<Member> honest) {
    Member victim = honest.get(honest.size() / 2);
    NodeId id = victim.identity().id();
    NodeId nearest =
        honest.stream()
            .map(m -> m.identity().id())
            .filter(n -> !n.equals(id))
            .min(Comparator.comparing(n -> n, id::compareDistance))
            .orElseThrow();
    int found = 0;
    for (int i = MINED; found < NEAREST; i++) {
      Identity mined = net.identity(i);
      gang.count("mined");
      if (id.compareDistance(mined.id(), nearest) < 0) {
        join(mined, List.of(honest.get(gang.dice.nextInt(honest.size())).peer()));
        found++;
      } else {
        mined.close();
      }
    }
    return new Aim(List.of(victim), SETTLE_MILLIS);
  }
}
