package org.wayfolk.sim;

import java.util.SplittableRandom;

/**
 * Independent generators from one seed, named by purpose and by two numbers, so that what one part
 * draws never shifts what another draws. The algorithm of {@link SplittableRandom} is fixed by its
 * specification.
 */
final class Seeds {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  static SplittableRandom generator(long seed, String purpose, long x, long y) {
    return new SplittableRandom(mix(seed, purpose, x, y));
  }

  static long mix(long seed, String purpose, long x, long y) {
    long h = finish(seed + GOLDEN);
    for (int i = 0; i < purpose.length(); i++) {
      h = finish((h ^ purpose.charAt(i)) + GOLDEN);
    }
    return finish(finish((h ^ x) + GOLDEN) ^ y);
  }

  // The finisher of SplitMix64 (Steele, Lea, Flood 2014).
  private static long finish(long z) {
    long v = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    v = (v ^ (v >>> 27)) * 0x94d049bb133111ebL;
    return v ^ (v >>> 31);
  }
}
