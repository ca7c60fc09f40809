package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.PriorityQueue;
import org.wayfolk.sim.SimWorld;

/**
 * What a run will do to its world beside its steps, in the order of time and then of entry. It acts
 * between the world's events, never inside one.
 */
final class Agenda {
  /** Who looks on does so as often. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final SimWorld world;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Spectator spectator;
  private long orders;

  private record Entry(long at, long order, Runnable what) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int c = Long.compare(at, other.at);
      return c != 0 ? c : Long.compare(order, other.order);
    }
  }

  Agenda(SimWorld world, Spectator spectator) {
    this.world = world;
    this.spectator = spectator;
  }

  void in(Duration time, Runnable what) {
    entries.add(new Entry(world.now().plus(time).toNanos(), orders++, what));
  }

  /** Lets the world go on for a while, and does what becomes due. */
  void pass(Duration time) {
    long end = world.now().plus(time).toNanos();
    for (Entry e; (e = entries.peek()) != null && e.at <= end; ) {
      entries.remove();
      until(e.at);
      e.what.run(); // may itself take virtual time: a goodbye does
    }
    until(end);
  }

  private void until(long at) {
    Duration left = Duration.ofNanos(at).minus(world.now());
    if (spectator.equals(Spectator.NOBODY)) {
      if (left.isPositive()) {
        world.run(left);
      }
      return;
    }
    for (; left.isPositive(); left = Duration.ofNanos(at).minus(world.now())) {
      world.run(left.compareTo(LOOK) < 0 ? left : LOOK);
      spectator.passed(world);
    }
  }
}
