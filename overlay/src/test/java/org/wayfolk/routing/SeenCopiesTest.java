package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenCopiesTest {
  @Test
  void itHoldsTheNewestAndForgetsTheOldest() {
    SeenCopies seen = new SeenCopies(64);
    Random random = new Random(1);
    Deque<Long> order = new ArrayDeque<>();
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      long key = random.nextLong();
      seen.add(key, i + 1, 0);
      order.addLast(key);
      all.add(key);
      if (order.size() > 64) {
        order.removeFirst();
      }
      if (i % 97 == 0) {
        for (long k : all) {
          assertThat(seen.find(k, 0) >= 0).isEqualTo(order.contains(k));
        }
      }
    }
  }

  @Test
  void anEntryLivesAMinute() {
    SeenCopies seen = new SeenCopies(4);
    int e = seen.add(7, 3, 0);
    assertThat(seen.find(7, SeenCopies.LIFE_NANOS)).isEqualTo(e);
    assertThat(seen.find(7, SeenCopies.LIFE_NANOS + 1)).isNegative();
  }

  @Test
  void eachLinkReturnsACopyOnce() {
    SeenCopies seen = new SeenCopies(4);
    int e = seen.add(7, 3, 0);
    seen.give(e, 11);
    seen.give(e, 12);
    assertThat(seen.takeBack(e, 13)).isFalse();
    assertThat(seen.takeBack(e, 12)).isTrue();
    assertThat(seen.takeBack(e, 12)).isFalse();
    assertThat(seen.tried(e, 1)).isEqualTo(12);
  }
}
