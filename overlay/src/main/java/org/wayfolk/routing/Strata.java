package org.wayfolk.routing;

import java.util.random.RandomGenerator;
import org.wayfolk.id.NodeId;

/** Points in the strata of a node; {@link LinkTable#stratum} numbers them. */
final class Strata {
  private Strata() {}

  /** Any id in a stratum of {@code self}. */
  static NodeId random(NodeId self, int stratum, RandomGenerator random) {
    int prefix = stratum / 2;
    NodeId turned = self.flip(prefix);
    int fixed = prefix + 1;
    if (fixed < NodeId.BITS && turned.bit(fixed) != (stratum & 1)) {
      turned = turned.flip(fixed);
    }
    return new NodeId(
        word(turned, 0, fixed, random),
        word(turned, 1, fixed, random),
        word(turned, 2, fixed, random),
        word(turned, 3, fixed, random));
  }

  /** Word {@code i} of {@code id} up to and with bit {@code last} of the id, random behind it. */
  private static long word(NodeId id, int i, int last, RandomGenerator random) {
    int keep = Math.clamp(last + 1L - 64L * i, 0, 64);
    long mask = keep == 0 ? 0 : -1L << (64 - keep);
    return (id.word(i) & mask) | (random.nextLong() & ~mask);
  }
}
