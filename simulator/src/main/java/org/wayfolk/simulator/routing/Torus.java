package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * Points, uniform on a torus of 8 dimensions and circumference 1, and search for the nearest of
 * them: a tree of boxes, each halved across its longest side, the nearest box first. Exact to
 * 10<sup>5</sup> points; above, a search ends after so many points that it misses few. Read by
 * several threads.
 */
final class Torus {
  static final int DIMENSIONS = 8;

  private static final int LEAF = 16;
  private static final int EXACT = 100_000;

  /** Points that a search looks at where it is not exact. */
  private static final int LOOKED_AT = 4_000;

  private static final long POINT_SALT = 0x706f696e74L;

  private final int points;
  private float[] at;

  // Boxes as a heap: the children of box b are 2b and 2b + 1.
  private final float[] low;
  private final float[] high;
  private final int[] begins;
  private final int[] ends;
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
    int[] order = new int[points];
    Arrays.setAll(order, i -> i);
    leaves = Integer.highestOneBit(Math.max(1, points / LEAF));
    low = new float[2 * leaves * DIMENSIONS];
    high = new float[2 * leaves * DIMENSIONS];
    begins = new int[2 * leaves];
    ends = new int[2 * leaves];
    build(order, 1, 0, points);
    // Named in the order of the tree: what is looked at together lies together.
    float[] sorted = new float[at.length];
    for (int i = 0; i < points; i++) {
      System.arraycopy(at, order[i] * DIMENSIONS, sorted, i * DIMENSIONS, DIMENSIONS);
    }
    at = sorted;
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

  private void build(int[] order, int box, int begin, int end) {
    begins[box] = begin;
    ends[box] = end;
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
    select(order, begin, end, middle, widest);
    build(order, 2 * box, begin, middle);
    build(order, 2 * box + 1, middle, end);
  }

  /** Orders so that none before {@code k} lies behind one from there on (Hoare's select). */
  private void select(int[] order, int begin, int end, int k, int d) {
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
    private final float[] distances;
    private int count;
    private int[] boxes = new int[256];
    private float[] far = new float[256];
    private int waiting;

    Search(int most) {
      found = new int[most];
      distances = new float[most];
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
      waiting = 0;
      put(1, 0);
      int left = points <= EXACT ? points : LOOKED_AT;
      while (waiting > 0 && left > 0 && open(far[0])) {
        int box = takeBox();
        if (box < leaves) {
          put(2 * box, toBox(2 * box));
          put(2 * box + 1, toBox(2 * box + 1));
        } else {
          for (int i = begins[box]; i < ends[box]; i++) {
            take(i);
          }
          left -= ends[box] - begins[box];
        }
      }
      return count;
    }

    /** The {@code i}-th nearest. */
    int found(int i) {
      return found[i];
    }

    // Boxes to open, the nearest first: a binary heap.
    private void put(int box, float distance) {
      if (!open(distance)) {
        return;
      }
      if (waiting == boxes.length) {
        boxes = Arrays.copyOf(boxes, 2 * waiting);
        far = Arrays.copyOf(far, 2 * waiting);
      }
      int i = waiting++;
      for (int up = (i - 1) >>> 1; i > 0 && distance < far[up]; up = (i - 1) >>> 1) {
        boxes[i] = boxes[up];
        far[i] = far[up];
        i = up;
      }
      boxes[i] = box;
      far[i] = distance;
    }

    private int takeBox() {
      int top = boxes[0];
      int box = boxes[--waiting];
      float distance = far[waiting];
      int i = 0;
      for (int down = 1; down < waiting; down = 2 * i + 1) {
        if (down + 1 < waiting && far[down + 1] < far[down]) {
          down++;
        }
        if (far[down] >= distance) {
          break;
        }
        boxes[i] = boxes[down];
        far[i] = far[down];
        i = down;
      }
      boxes[i] = box;
      far[i] = distance;
      return top;
    }

    private boolean open(float distance) {
      return count < found.length || distance < distances[count - 1];
    }

    private float toBox(int box) {
      int o = box * DIMENSIONS;
      float sum = 0;
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
      float bound = count < found.length ? Float.POSITIVE_INFINITY : distances[count - 1];
      float sum = 0;
      int o = point * DIMENSIONS;
      for (int d = 0; d < DIMENSIONS; d += 2) {
        float x = offset(place[d], at[o + d]);
        float y = offset(place[d + 1], at[o + d + 1]);
        sum += x * x + y * y;
        if (sum >= bound) {
          return;
        }
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
