package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * Links of an earlier overlay of 8 dimensions, as its rules would make them with a view of all: of
 * the 48 nearest the nearest in each of 9 sectors, which a regular simplex points out; then the
 * nearest of the rest. Long links, if any, have lengths evenly spread by their logarithm and lead
 * to whoever is nearest to their end; the earlier overlay had none.
 */
final class TorusTopology implements Topology, GreedyTraveller.Space {
  private static final int SECTORS = Torus.DIMENSIONS + 1;

  /** Neighbours a node sees: more than its links, so that every sector has some. */
  private static final int SEEN = 48;

  /** The mean distance of two points is 0.81. */
  private static final double REACH = 0.8;

  /** Long links begin beyond the near ones, the 13th of which is about 1.16 / N^(1/8) away. */
  private static final double BEYOND = 1.5;

  private static final int NOBODY = -1;
  private static final int PARTS = 256;
  private static final long LINK_SALT = 0x746f727573L;
  private static final long DEATH_SALT = 0x6465617468L;
  private static final float[][] SIMPLEX = simplex();

  private final RoutingPlan plan;
  private final Torus torus;
  private final int[] links;

  TorusTopology(RoutingPlan plan, int threads) {
    this.plan = plan;
    torus = new Torus(plan.nodes(), plan.seed(), threads);
    links = new int[plan.nodes() * plan.slots()];
    Arrays.fill(links, NOBODY);
    Parallel.each(
        PARTS,
        threads,
        () -> {
          Maker maker = new Maker();
          return part -> {
            int end = (int) ((long) plan.nodes() * (part + 1) / PARTS);
            for (int i = (int) ((long) plan.nodes() * part / PARTS); i < end; i++) {
              maker.make(i);
            }
          };
        });
  }

  @Override
  public boolean alive(int node) {
    return plan.dead() == 0
        || Chance.unit(Chance.word(plan.seed() ^ DEATH_SALT, node)) >= plan.dead();
  }

  @Override
  public int links(int node) {
    return neighbours(node, new int[plan.slots()]);
  }

  @Override
  public Traveller traveller() {
    return new GreedyTraveller(this, plan.slots(), plan.lookahead());
  }

  @Override
  public int neighbours(int node, int[] into) {
    int n = 0;
    while (n < plan.slots() && links[node * plan.slots() + n] != NOBODY) {
      into[n] = links[node * plan.slots() + n];
      n++;
    }
    return n;
  }

  @Override
  public double distance(int from, int to) {
    return torus.distance(from, to);
  }

  /** 9 unit vectors, each at the same angle to every other. */
  private static float[][] simplex() {
    int n = Torus.DIMENSIONS;
    float[][] out = new float[SECTORS][n];
    double shift = (Math.sqrt(n + 1.0) + 1) / Math.pow(n, 1.5);
    for (int i = 0; i < n; i++) {
      Arrays.fill(out[i], (float) -shift);
      out[i][i] += (float) Math.sqrt(1 + 1.0 / n);
    }
    Arrays.fill(out[n], (float) (1 / Math.sqrt(n)));
    return out;
  }

  /** Makes the links of one node after the other. */
  private final class Maker {
    private final Torus.Search seen = torus.new Search(Math.max(SEEN, plan.slots()) + 1);
    private final Torus.Search end = torus.new Search(4);
    private int node;
    private int base;
    private int count;

    void make(int of) {
      node = of;
      base = of * plan.slots();
      count = 0;
      int near = plan.slots() - plan.longLinks();
      seen.around(of);
      int n = seen.run();
      boolean[] filled = new boolean[SECTORS];
      for (int i = 0; i < n && count < near; i++) {
        if (seen.found(i) != of) {
          int sector = sector(seen.found(i));
          if (!filled[sector]) {
            filled[sector] = true;
            add(seen.found(i));
          }
        }
      }
      for (int i = 0; i < n && count < near; i++) {
        add(seen.found(i));
      }
      for (int i = 0; i < plan.longLinks(); i++) {
        far(i);
      }
    }

    private void add(int other) {
      if (other == node) {
        return;
      }
      for (int i = 0; i < count; i++) {
        if (links[base + i] == other) {
          return;
        }
      }
      links[base + count++] = other;
    }

    private int sector(int other) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < SECTORS; s++) {
        double dot = 0;
        for (int d = 0; d < Torus.DIMENSIONS; d++) {
          dot += SIMPLEX[s][d] * Torus.offset(torus.at(node, d), torus.at(other, d));
        }
        if (dot > most) {
          most = dot;
          best = s;
        }
      }
      return best;
    }

    /** One long link: a length out of its stratum, a direction, and who is nearest to there. */
    private void far(int stratum) {
      long key = plan.seed() ^ LINK_SALT ^ ((long) node << 12) ^ ((long) stratum << 4);
      double least = Math.log(BEYOND * Math.pow(plan.nodes(), -1.0 / Torus.DIMENSIONS));
      double share = (stratum + Chance.unit(Chance.word(key, 0))) / plan.longLinks();
      double length = Math.exp(least + share * (Math.log(REACH) - least));
      double[] way = new double[Torus.DIMENSIONS];
      double sum = 0;
      for (int d = 0; d < way.length; d++) {
        way[d] = normal(Chance.word(key, 1 + 2 * d), Chance.word(key, 2 + 2 * d));
        sum += way[d] * way[d];
      }
      double scale = length / Math.sqrt(sum);
      for (int d = 0; d < way.length; d++) {
        end.place(d, (float) (torus.at(node, d) + way[d] * scale));
      }
      int n = end.run();
      int before = count;
      for (int i = 0; i < n && count == before; i++) {
        add(end.found(i));
      }
    }

    /** A normal deviate of two words (Box and Muller, 1958). */
    private static double normal(long x, long y) {
      double r = Math.sqrt(-2 * Math.log(1 - Chance.unit(x)));
      return r * Math.cos(2 * Math.PI * Chance.unit(y));
    }
  }
}
