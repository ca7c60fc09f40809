package org.wayfolk.simulator.routing;

/**
 * What is to be measured.
 *
 * @param geometry ids and links
 * @param nodes how many, 32 to 10<sup>9</sup>
 * @param slots {@link Geometry#XOR}: links a level, 1, 2 or 4; else links a node has in all
 * @param longLinks of {@code slots}, those that lead far; {@link Geometry#TORUS8} only, else -1
 * @param lookahead whether a node knows the links of its neighbours
 * @param dead the share of nodes that are dead, 0 to 0.9: others learn it when they offer a message
 * @param pairs how many messages, between nodes that live
 * @param seed everything follows from it
 */
public record RoutingPlan(
    Geometry geometry,
    int nodes,
    int slots,
    int longLinks,
    boolean lookahead,
    double dead,
    int pairs,
    long seed) {
  /** An id takes 8 bytes: 8 GB of them. */
  public static final int MAX_NODES = 1_000_000_000;

  /** Two more than the siblings and a target outside of them. */
  public static final int MIN_NODES = 32;

  /** A torus of more nodes is not built but extrapolated: each takes a search in 8 dimensions. */
  public static final int MAX_TORUS = 1_000_000;

  /** Links a node of a ring or torus may have: more than any of them is proposed with. */
  public static final int MAX_SLOTS = 64;

  /** A ring has four near links, a torus at least one in each of its 9 sectors. */
  public static final int MIN_SLOTS = 5;

  /** Checks the numbers; what is wrong is said in words fit for the command line. */
  public RoutingPlan {
    check(nodes >= MIN_NODES && nodes <= MAX_NODES, "nodes: 32 to 1000000000");
    check(pairs >= 1 && pairs <= 10_000_000, "pairs: 1 to 10000000");
    check(dead >= 0 && dead <= 0.9, "dead: 0 to 0.9");
    if (geometry == Geometry.XOR) {
      check(slots == 1 || slots == 2 || slots == 4, "slots of xor, links a level: 1, 2 or 4");
    } else {
      check(slots >= MIN_SLOTS && slots <= MAX_SLOTS, "slots, links a node has: 5 to 64");
    }
    if (geometry == Geometry.TORUS8) {
      check(longLinks >= 0 && longLinks <= slots - MIN_SLOTS, "long: 0 to slots - 5");
      check(nodes >= 1_000, "nodes of a torus: at least 1000");
    } else {
      check(longLinks == -1, "long: for torus8 only");
    }
  }

  private static void check(boolean holds, String words) {
    if (!holds) {
      throw new IllegalArgumentException(words);
    }
  }

  RoutingPlan withNodes(int other) {
    return new RoutingPlan(geometry, other, slots, longLinks, lookahead, dead, pairs, seed);
  }
}
