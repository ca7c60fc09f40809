package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wayfolk.peer.Cost;
import org.wayfolk.wire.FrameType;

/**
 * What a node costs its line while nobody speaks and nobody comes or goes: IP bytes both ways of an
 * hour, times 24.
 */
final class IdleBytesTest {
  private static final int NODES = 70;

  /** Links of a full router, for which the gate is. */
  private static final int FULL = 64;

  /** What an interval of a minute costs a day at most: a link that is no sibling's. */
  private static final long LINK_A_DAY = 24 * 67 * (Traffic.ipBytes(2) + Traffic.ipBytes(32));

  @Test
  void aFullRouterCostsLessThanThirtyMegabytesADayAndAMeteredNodeLessThanFive() {
    SimWorld world = new SimWorld(8);
    try (SimNetwork net = new SimNetwork(world).crypto(new FastCrypto(8))) {
      net.grow(NODES, new Joining(Duration.ofMillis(300), 0));
      Member leaf =
          net.add(
              world.transport(),
              net.identity(NODES),
              List.of(net.member(5).peer()),
              b -> b.cost(Cost.METERED));
      // Until intervals have grown to what the paths proved to survive.
      world.run(Duration.ofHours(3));
      Member router = net.member(20);
      Map<Integer, Long> before = router.transport().traffic().byType();
      Map<Integer, Long> leafBefore = leaf.transport().traffic().byType();
      world.run(Duration.ofHours(1));

      Map<Integer, Long> day = day(before, router.transport().traffic().byType());
      int links = router.node().links().size();
      long scaled =
          sum(day)
              + Math.max(0, FULL - links) * LINK_A_DAY
              + day.getOrDefault(FrameType.RECORD, 0L) * Math.max(0, FULL - links) / links;
      assertThat(scaled).as("%s links, by type %s", links, day).isLessThan(30_000_000);

      Map<Integer, Long> leafDay = day(leafBefore, leaf.transport().traffic().byType());
      assertThat(leaf.node().links()).hasSizeBetween(4, 8);
      assertThat(sum(leafDay)).as("by type %s", leafDay).isLessThan(5_000_000);
    }
  }

  private static long sum(Map<Integer, Long> day) {
    return day.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<Integer, Long> day(Map<Integer, Long> before, Map<Integer, Long> after) {
    Map<Integer, Long> out = new TreeMap<>();
    after.forEach((type, n) -> out.put(type, 24 * (n - before.getOrDefault(type, 0L))));
    return out;
  }
}
