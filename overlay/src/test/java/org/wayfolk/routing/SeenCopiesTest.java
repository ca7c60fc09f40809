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
    holdsTheNewest(64);
    holdsTheNewest(2_048);
  }

  @Test
  void aTableThatGrowsKeepsWhatItKnewOfEachCopy() {
    SeenCopies seen = new SeenCopies(1_024);
    // Begins to grow in the middle of its ring: the first hundred are too old by then.
    for (int i = 0; i < 100; i++) {
      seen.add(-i - 1L, 1, 0);
    }
    long later = SeenCopies.LIFE_NANOS + 1;
    for (int i = 1; i <= 1_000; i++) {
      int e = seen.add((long) i << 40, i, later);
      seen.give(e, 2 * i);
      seen.returns(e, i % 5);
    }
    for (int i = 1; i <= 1_000; i++) {
      int e = seen.find((long) i << 40, later);
      assertThat(e).isNotNegative();
      assertThat(seen.previous(e)).isEqualTo(i);
      assertThat(seen.tried(e, 0)).isEqualTo(2 * i);
      assertThat(seen.returns(e)).isEqualTo(i % 5);
    }
  }

  private static void holdsTheNewest(int capacity) {
    SeenCopies seen = new SeenCopies(capacity);
    Random random = new Random(1);
    Deque<Long> order = new ArrayDeque<>();
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      long key = random.nextLong();
      seen.add(key, i + 1, 0);
      order.addLast(key);
      all.add(key);
      if (order.size() > capacity) {
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
