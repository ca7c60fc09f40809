package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * Points, uniform on a torus of 8 dimensions and circumference 1, and exact search for the nearest
 * of them: a tree of boxes, each halved across its longest side. Read by several threads.
 */
final class Torus {
  static final int DIMENSIONS = 8;

  private static final int LEAF = 8;
  private static final long POINT_SALT = 0x706f696e74L;

  private final int points;
  private final float[] at;
  private final int[] order;

  // Boxes as a heap: the children of box b are 2b and 2b + 1.
  private final float[] low;
  private final float[] high;
  private final int leaves;

  Torus(int points, long seed, int threads) {
    this.points = points;
    at = new float[points * DIMENSIONS];
    Parallel.each(
        64,
        threads,
        part -> {
          int end = (int) ((long) at.length * (part + 1) / 64);
          for (int i = (int) ((long) at.length * part / 64); i < end; i++) {
            at[i] = (float) (Chance.word(seed ^ POINT_SALT, i) >>> 40) * 0x1p-24f;
          }
        });
    order = new int[points];
    Arrays.setAll(order, i -> i);
    leaves = Integer.highestOneBit(Math.max(1, points / LEAF));
    low = new float[2 * leaves * DIMENSIONS];
    high = new float[2 * leaves * DIMENSIONS];
    build(1, 0, points);
  }

  /** A coordinate of a point, 0 to below 1. */
  float at(int point, int dimension) {
    return at[point * DIMENSIONS + dimension];
  }

  /** From {@code from} to {@code to} the shorter way round, -0.5 to 0.5. */
  static float offset(float from, float to) {
    float d = to - from;
    return d > 0.5f ? d - 1 : d < -0.5f ? d + 1 : d;
  }

  /** The square of the distance of two points. */
  double distance(int x, int y) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      float o = offset(at(x, d), at(y, d));
      sum += o * o;
    }
    return sum;
  }

  private void build(int box, int begin, int end) {
    int o = box * DIMENSIONS;
    Arrays.fill(low, o, o + DIMENSIONS, 1);
    Arrays.fill(high, o, o + DIMENSIONS, 0);
    for (int i = begin; i < end; i++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        float x = at(order[i], d);
        low[o + d] = Math.min(low[o + d], x);
        high[o + d] = Math.max(high[o + d], x);
      }
    }
    if (box >= leaves) {
      return;
    }
    int widest = 0;
    for (int d = 1; d < DIMENSIONS; d++) {
      if (high[o + d] - low[o + d] > high[o + widest] - low[o + widest]) {
        widest = d;
      }
    }
    int middle = (begin + end) >>> 1;
    select(begin, end, middle, widest);
    build(2 * box, begin, middle);
    build(2 * box + 1, middle, end);
  }

  /** Orders so that none before {@code k} lies behind one from there on (Hoare's select). */
  private void select(int begin, int end, int k, int d) {
    int left = begin;
    int right = end - 1;
    while (left < right) {
      float pivot = at(order[(left + right) >>> 1], d);
      int i = left;
      int j = right;
      while (i <= j) {
        while (at(order[i], d) < pivot) {
          i++;
        }
        while (at(order[j], d) > pivot) {
          j--;
        }
        if (i <= j) {
          int swap = order[i];
          order[i++] = order[j];
          order[j--] = swap;
        }
      }
      if (k <= j) {
        right = j;
      } else if (k >= i) {
        left = i;
      } else {
        return;
      }
    }
  }

  /** Finds the nearest points to a place. Not thread-safe; one a thread. */
  final class Search {
    private final float[] place = new float[DIMENSIONS];
    private final int[] found;
    private final double[] distances;
    private int count;

    Search(int most) {
      found = new int[most];
      distances = new double[most];
    }

    /** Where to look: a coordinate. */
    void place(int dimension, float x) {
      place[dimension] = x - (float) Math.floor(x);
    }

    /** Looks around a point; it is itself among what is found. */
    void around(int point) {
      for (int d = 0; d < DIMENSIONS; d++) {
        place[d] = at(point, d);
      }
    }

    /** Finds the nearest; how many. */
    int run() {
      count = 0;
      visit(1, 0, points);
      return count;
    }

    /** The {@code i}-th nearest. */
    int found(int i) {
      return found[i];
    }

    private void visit(int box, int begin, int end) {
      if (box >= leaves) {
        for (int i = begin; i < end; i++) {
          take(order[i]);
        }
        return;
      }
      int middle = (begin + end) >>> 1;
      double left = toBox(2 * box);
      double right = toBox(2 * box + 1);
      if (left <= right) {
        if (open(left)) {
          visit(2 * box, begin, middle);
        }
        if (open(right)) {
          visit(2 * box + 1, middle, end);
        }
      } else {
        if (open(right)) {
          visit(2 * box + 1, middle, end);
        }
        if (open(left)) {
          visit(2 * box, begin, middle);
        }
      }
    }

    private boolean open(double distance) {
      return count < found.length || distance < distances[count - 1];
    }

    private double toBox(int box) {
      int o = box * DIMENSIONS;
      double sum = 0;
      for (int d = 0; d < DIMENSIONS; d++) {
        float x = place[d];
        if (x < low[o + d] || x > high[o + d]) {
          float a = Math.abs(offset(x, low[o + d]));
          float b = Math.abs(offset(x, high[o + d]));
          float least = Math.min(a, b);
          sum += least * least;
        }
      }
      return sum;
    }

    private void take(int point) {
      double sum = 0;
      for (int d = 0; d < DIMENSIONS; d++) {
        float o = offset(place[d], at(point, d));
        sum += o * o;
      }
      if (!open(sum)) {
        return;
      }
      int i = count < found.length ? count++ : count - 1;
      while (i > 0 && sum < distances[i - 1]) {
        found[i] = found[i - 1];
        distances[i] = distances[i - 1];
        i--;
      }
      found[i] = point;
      distances[i] = sum;
    }
  }
}
