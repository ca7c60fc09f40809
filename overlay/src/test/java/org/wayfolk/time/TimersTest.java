package org.wayfolk.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deadlines against a sorted list. */
final class TimersTest {

  private record Entry(long at, int name, Timers.Handle handle) {}

  @Test
  void agreesWithASortedListWhateverIsSetAndCancelled() {
    // Around the place where the monotonic clock of a machine may wrap.
    for (long base : new long[] {0, -500, Long.MAX_VALUE - 5_000}) {
      SplittableRandom dice = new SplittableRandom(base);
      Timers<Integer> timers = new Timers<>();
      List<Entry> model = new ArrayList<>();
      List<Timers.Handle> dead = new ArrayList<>();
      long now = base;
      for (int step = 0; step < 30_000; step++) {
        switch (dice.nextInt(6)) {
          case 0, 1, 2 -> {
            long at = now + dice.nextInt(300);
            model.add(new Entry(at, step, timers.at(at, step)));
          }
          case 3 -> {
            if (!model.isEmpty()) {
              Entry e = model.remove(dice.nextInt(model.size()));
              e.handle().cancel();
              dead.add(e.handle());
            }
          }
          case 4 -> {
            if (!dead.isEmpty()) {
              dead.get(dice.nextInt(dead.size())).cancel();
            }
          }
          default -> {
            now += dice.nextInt(20);
            for (Entry due = first(model, base, now); due != null; due = first(model, base, now)) {
              assertThat(timers.poll(now)).isEqualTo(due.name());
              model.remove(due);
              dead.add(due.handle());
            }
            assertThat(timers.poll(now)).isNull();
          }
        }
        assertThat(timers.size()).isEqualTo(model.size());
        Entry next = first(model, base, Long.MAX_VALUE + base);
        assertThat(timers.next()).isEqualTo(next == null ? Long.MAX_VALUE : next.at());
      }
    }
  }

  private static @Nullable Entry first(List<Entry> model, long base, long limit) {
    return model.stream()
        .min(Comparator.comparingLong((Entry e) -> e.at() - base).thenComparingInt(Entry::name))
        .filter(e -> e.at() - base <= limit - base)
        .orElse(null);
  }

  @Test
  void equalDeadlinesFireInTheOrderOfSetting() {
    Timers<String> timers = new Timers<>();
    for (int i = 0; i < 200; i++) {
      timers.at(5, "t" + i);
    }
    for (int i = 0; i < 200; i++) {
      assertThat(timers.poll(5)).isEqualTo("t" + i);
    }
    assertThat(timers.poll(5)).isNull();
  }

  @Test
  void nothingFiresBeforeItsTime() {
    Timers<String> timers = new Timers<>();
    timers.at(10, "a");
    assertThat(timers.poll(9)).isNull();
    assertThat(timers.poll(10)).isEqualTo("a");
  }

  @Test
  void aDeadlineSetAndCancelledForEverDoesNotGrowTheHeap() {
    Timers<String> timers = new Timers<>();
    timers.at(0, "first");
    for (int i = 0; i < 1_000_000; i++) {
      timers.at(1_000_000_000L, "far").cancel();
    }
    assertThat(timers.size()).isEqualTo(1);
    assertThat(timers.held()).isLessThan(128);
  }
}
