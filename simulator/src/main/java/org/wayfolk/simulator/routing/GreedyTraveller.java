package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * Greedy routing over links of any geometry: to the neighbour nearest to the target, or with
 * lookahead to the one that has the nearest link, among those not yet visited, even if it is
 * farther away than we are. Dead neighbours are passed over: whoever offers a message learns it.
 */
final class GreedyTraveller implements Topology.Traveller {
  /** A message is given up after so many links: far beyond all means, so that none is cut. */
  static final int MAX_HOPS = 250;

  /** Links and distances of a geometry. Thread-safe. */
  interface Space {
    /** Writes a node's neighbours; how many. */
    int neighbours(int node, int[] into);

    /** Distance, or any measure that orders like it. */
    double distance(int from, int to);

    /** Whether a node lives. */
    boolean alive(int node);
  }

  private final Space space;
  private final boolean lookahead;
  private final int[] near;
  private final int[] next;
  private final int[] visited = new int[MAX_HOPS + 1];

  GreedyTraveller(Space space, int slots, boolean lookahead) {
    this.space = space;
    this.lookahead = lookahead;
    near = new int[slots];
    next = new int[slots];
  }

  @Override
  public int hops(int from, int to) {
    int at = from;
    for (int hops = 0; hops < MAX_HOPS; hops++) {
      if (at == to) {
        return hops;
      }
      visited[hops] = at;
      at = best(at, to, hops + 1);
      if (at < 0) {
        return -1;
      }
    }
    return -1;
  }

  private int best(int at, int to, int path) {
    int n = space.neighbours(at, near);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      int v = near[i];
      if (v == to) {
        return v;
      }
      if (!space.alive(v) || Arrays.stream(visited, 0, path).anyMatch(x -> x == v)) {
        continue;
      }
      double score = space.distance(v, to);
      if (lookahead) {
        int m = space.neighbours(v, next);
        for (int k = 0; k < m; k++) {
          score = Math.min(score, space.distance(next[k], to));
        }
      }
      if (score < least) {
        least = score;
        best = v;
      }
    }
    return best;
  }
}
