package org.wayfolk.simulator.routing;

/** Chance as a function: the same arguments give the same, in any order and on any thread. */
final class Chance {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private Chance() {}

  /**
   * The {@code i}-th output of SplitMix64 from a seed (Steele, Lea and Flood, 2014). For one seed
   * it is a bijection of {@code i}: no two are equal.
   */
  static long word(long seed, long i) {
    return mix(seed + (i + 1) * GAMMA);
  }

  /** A whole number below {@code bound}; each as likely, but for one part in 2<sup>33</sup>. */
  static int below(int bound, long word) {
    return (int) Math.unsignedMultiplyHigh(word, bound);
  }

  /** 0 to below 1. */
  static double unit(long word) {
    return (word >>> 11) * 0x1p-53;
  }

  static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
