package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * Kleinberg's ring (The small-world phenomenon, 2000): nodes evenly on a circle, each linked to two
 * on each side; the other links have lengths of density 1/d, one in each stratum of equal
 * probability, to either side.
 */
final class RingTopology implements Topology, GreedyTraveller.Space {
  private static final int NEAR = 4;
  private static final long LINK_SALT = 0x72696e67L;
  private static final long DEATH_SALT = 0x6465617468L;

  private final RoutingPlan plan;
  private final int nodes;
  private final double reach;

  RingTopology(RoutingPlan plan) {
    this.plan = plan;
    nodes = plan.nodes();
    reach = Math.log(nodes / 2.0);
  }

  @Override
  public boolean alive(int node) {
    return plan.dead() == 0
        || Chance.unit(Chance.word(plan.seed() ^ DEATH_SALT, node)) >= plan.dead();
  }

  @Override
  public int links(int node) {
    int[] all = new int[plan.slots()];
    neighbours(node, all);
    return (int) Arrays.stream(all).distinct().count();
  }

  @Override
  public Traveller traveller() {
    return new GreedyTraveller(this, plan.slots(), plan.lookahead());
  }

  @Override
  public int neighbours(int node, int[] into) {
    into[0] = at((long) node + 1);
    into[1] = at((long) node - 1);
    into[2] = at((long) node + 2);
    into[3] = at((long) node - 2);
    int far = plan.slots() - NEAR;
    for (int i = 0; i < far; i++) {
      long word = Chance.word(plan.seed() ^ LINK_SALT ^ ((long) node << 8), i);
      double length = Math.exp(reach * (i + Chance.unit(word)) / far);
      long step = Math.clamp(Math.round(length), 1, nodes / 2);
      into[NEAR + i] = at((word & 1) == 0 ? node + step : node - step);
    }
    return plan.slots();
  }

  @Override
  public double distance(int from, int to) {
    int d = Math.abs(from - to);
    return Math.min(d, nodes - d);
  }

  private int at(long place) {
    return (int) Math.floorMod(place, (long) nodes);
  }
}
