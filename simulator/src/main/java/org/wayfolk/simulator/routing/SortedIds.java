package org.wayfolk.simulator.routing;

import java.util.Arrays;

/**
 * The ids of a network in order, as their first 64 bits, and an index into them.
 *
 * <p>64 bits of 256 are enough: distances are compared from the first bit on, and a later one
 * counts only where the first 64 are equal. They never are: the words are SplitMix64's of one seed,
 * which are all different. Independent words would hold 0.0003 equal pairs among 10<sup>8</sup>.
 */
final class SortedIds {
  /** Parts that are sorted apart: their counts fit a core's cache. */
  private static final int MAX_PART_BITS = 12;

  private static final int CHUNKS = 64;

  private final long[] ids;
  private final int indexBits;

  /** Where the ids with a prefix of {@link #indexBits} begin. */
  private final int[] index;

  SortedIds(int nodes, long seed, int threads) {
    ids = new long[nodes];
    // One or two ids to a place of the index: most questions then cost one look into memory.
    indexBits = 31 - Integer.numberOfLeadingZeros(nodes);
    index = new int[(1 << indexBits) + 1];
    index[1 << indexBits] = nodes;
    int partBits = Math.min(MAX_PART_BITS, indexBits);
    int[] starts = scatter(seed, partBits, threads);
    Parallel.each(
        1 << partBits,
        threads,
        p -> {
          // All of a part begin with the same bit: signed order is theirs too.
          Arrays.sort(ids, starts[p], starts[p + 1]);
          index(p, indexBits - partBits, starts[p], starts[p + 1]);
        });
  }

  int size() {
    return ids.length;
  }

  long at(int i) {
    return ids[i];
  }

  /** The first whose first {@code bits} bits, 0..64, are those of {@code prefix} or higher. */
  int from(long prefix, int bits) {
    if (bits <= indexBits) {
      return bits == 0 ? 0 : index[(int) (prefix >>> (64 - bits)) << (indexBits - bits)];
    }
    long least = prefix & (-1L << (64 - bits));
    int place = (int) (prefix >>> (64 - indexBits));
    int i = index[place];
    int end = index[place + 1];
    while (i < end && Long.compareUnsigned(ids[i], least) < 0) {
      i++;
    }
    return i;
  }

  /** Behind the last whose first {@code bits} bits are those of {@code prefix} or lower. */
  int to(long prefix, int bits) {
    long next = bits == 0 ? 0 : (prefix & (-1L << (64 - bits))) + (1L << (64 - bits));
    return next == 0 ? ids.length : from(next, bits);
  }

  /** Puts the words in parts by their first bits; where each part begins. */
  private int[] scatter(long seed, int partBits, int threads) {
    int parts = 1 << partBits;
    int shift = 64 - partBits;
    int[][] at = new int[CHUNKS][parts];
    Parallel.each(
        CHUNKS,
        threads,
        c -> {
          for (int i = begin(c); i < begin(c + 1); i++) {
            at[c][(int) (Chance.word(seed, i) >>> shift)]++;
          }
        });
    int[] starts = new int[parts + 1];
    int sum = 0;
    for (int p = 0; p < parts; p++) {
      starts[p] = sum;
      for (int c = 0; c < CHUNKS; c++) {
        int count = at[c][p];
        at[c][p] = sum;
        sum += count;
      }
    }
    starts[parts] = sum;
    Parallel.each(
        CHUNKS,
        threads,
        c -> {
          for (int i = begin(c); i < begin(c + 1); i++) {
            long word = Chance.word(seed, i);
            ids[at[c][(int) (word >>> shift)]++] = word;
          }
        });
    return starts;
  }

  private int begin(int chunk) {
    return (int) ((long) ids.length * chunk / CHUNKS);
  }

  private void index(int part, int bits, int start, int end) {
    int i = start;
    for (int place = part << bits; place < (part + 1) << bits; place++) {
      while (i < end && (int) (ids[i] >>> (64 - indexBits)) < place) {
        i++;
      }
      index[place] = i;
    }
  }
}
