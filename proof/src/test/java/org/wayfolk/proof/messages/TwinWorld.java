package org.wayfolk.proof.messages;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Time and post for {@link TwinHome}s: what is posted arrives after a while, if not lost. */
final class TwinWorld implements Passage {
  final SplittableRandom dice;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long now = 1;
  private long order;

  private record Due(long at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due o) {
      return at == o.at ? Long.compare(order, o.order) : Long.compare(at, o.at);
    }
  }

  TwinWorld(long seed) {
    dice = new SplittableRandom(seed);
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(now);
  }

  @Override
  public void run(BooleanSupplier until, Duration most) {
    long end = now + most.toNanos();
    while (!until.getAsBoolean()) {
      Due next = queue.peek();
      if (next == null || next.at > end) {
        now = end;
        return;
      }
      queue.remove();
      now = next.at;
      next.what.run();
    }
  }

  void later(Duration pause, Runnable what) {
    queue.add(new Due(now + pause.toNanos(), order++, what));
  }
}
