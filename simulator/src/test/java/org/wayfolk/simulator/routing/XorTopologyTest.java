package org.wayfolk.simulator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XorTopologyTest {
  private static final int NODES = 3_000;
  private final SortedIds ids = new SortedIds(NODES, 5, 2);
  private final XorTopology net =
      new XorTopology(new RoutingPlan(Geometry.XOR, NODES, 2, -1, true, 0, 1, 5), 2);

  private List<Long> nearest(long self) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      if (ids.at(i) != self) {
        all.add(ids.at(i));
      }
    }
    all.sort(Comparator.comparing(x -> x ^ self, Long::compareUnsigned));
    return all.subList(0, XorTopology.SIBLINGS);
  }

  @Test
  void idsAreSortedAndDistinctAndTheIndexFindsThem() {
    for (int i = 1; i < NODES; i++) {
      assertThat(Long.compareUnsigned(ids.at(i - 1), ids.at(i))).isNegative();
    }
    for (int bits = 0; bits <= 30; bits++) {
      long prefix = ids.at(1_234);
      int low = ids.from(prefix, bits);
      int high = ids.to(prefix, bits);
      for (int i = 0; i < NODES; i++) {
        boolean same = bits == 0 || (ids.at(i) ^ prefix) >>> (64 - bits) == 0;
        assertThat(i >= low && i < high).isEqualTo(same);
      }
    }
  }

  @Test
  void linksAreTheNearestBothWaysAndOneInEachPopulatedStratum() {
    for (int i = 0; i < NODES; i += 97) {
      long self = ids.at(i);
      List<Long> links = new ArrayList<>();
      for (long word : net.words(self)) {
        links.add(word);
      }
      assertThat(links)
          .doesNotContain(self)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(Comparator.comparing(x -> x ^ self, Long::compareUnsigned))
          .containsAll(nearest(self));
      Set<Integer> filled = new HashSet<>();
      links.forEach(x -> filled.add(stratum(self, x)));
      Set<Integer> populated = new HashSet<>();
      for (int k = 0; k < NODES; k++) {
        if (k != i) {
          populated.add(stratum(self, ids.at(k)));
        }
      }
      assertThat(filled).isEqualTo(populated);
    }
  }

  @Test
  void whoHasUsAmongItsNearestIsOurLink() {
    int more = 0;
    for (int i = 0; i < NODES; i += 61) {
      long self = ids.at(i);
      for (long other : nearest(self)) {
        assertThat(net.words(other)).contains(self);
        more += nearest(other).contains(self) ? 0 : 1;
      }
    }
    assertThat(more).isPositive();
  }

  private static int stratum(long self, long other) {
    int prefix = Long.numberOfLeadingZeros(self ^ other);
    return 2 * prefix + (int) (other >>> (62 - prefix) & 1);
  }
}
