package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The queue of events against a sorted list. */
final class EventQueueTest {

  private static final class Named extends Event {
    private final int name;

    Named(int name) {
      this.name = name;
    }

    @Override
    void happen() {}
  }

  @Test
  void agreesWithASortedListWhateverIsScheduledMovedAndCancelled() {
    SplittableRandom dice = new SplittableRandom(1);
    EventQueue queue = new EventQueue();
    List<Named> model = new ArrayList<>();
    List<Named> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(new Named(i));
    }
    for (int step = 0; step < 50_000; step++) {
      Named e = all.get(dice.nextInt(all.size()));
      switch (dice.nextInt(5)) {
        case 0, 1, 2 -> {
          model.remove(e);
          queue.schedule(e, dice.nextInt(1_000));
          model.add(e);
        }
        case 3 -> {
          model.remove(e);
          queue.cancel(e);
        }
        default -> {
          long limit = dice.nextInt(1_000);
          Named first =
              model.stream()
                  .min(Comparator.comparingLong((Named x) -> x.at).thenComparingLong(x -> x.order))
                  .filter(x -> x.at <= limit)
                  .orElse(null);
          Event polled = queue.poll(limit);
          assertThat(polled).isSameAs(first);
          if (first != null) {
            assertThat(first.scheduled()).isFalse();
            assertThat(first.name).isBetween(0, 399);
            model.remove(first);
          }
        }
      }
      assertThat(queue.size()).isEqualTo(model.size());
    }
  }
}
