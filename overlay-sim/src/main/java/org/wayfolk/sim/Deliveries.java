package org.wayfolk.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Outcome;

/**
 * How a number of sends between random pairs ended.
 *
 * @param tries each send, in the order of sending
 */
public record Deliveries(List<Try> tries) {

  /**
   * One send.
   *
   * @param from the sender's number
   * @param to the receiver's number
   * @param outcome how it ended; null if it did not end in time
   * @param arrivals how often the receiver's handler was given it
   */
  public record Try(int from, int to, @Nullable Outcome outcome, int arrivals) {
    /** Whether the first attempt was delivered and acknowledged. */
    public boolean first() {
      return outcome instanceof Outcome.Delivered d && d.tries() == 1;
    }

    /** Whether it was delivered at all. */
    public boolean delivered() {
      return outcome instanceof Outcome.Delivered;
    }
  }

  /** Keeps the list. */
  public Deliveries {
    tries = List.copyOf(tries);
  }

  /** How many were sent. */
  public int sent() {
    return tries.size();
  }

  /** How many were delivered by their first attempt. */
  public int first() {
    return (int) tries.stream().filter(Try::first).count();
  }

  /** How many were delivered. */
  public int delivered() {
    return (int) tries.stream().filter(Try::delivered).count();
  }

  /** How many were given to a handler more than once. */
  public int doubled() {
    return (int) tries.stream().filter(t -> t.arrivals() > 1).count();
  }

  /** The first sends that their first attempt did not deliver, at most {@code most}. */
  public List<Try> missed(int most) {
    return tries.stream().filter(t -> !t.first()).limit(most).toList();
  }

  /** Deliveries by links crossed. */
  public Map<Integer, Integer> hops() {
    Map<Integer, Integer> hops = new TreeMap<>();
    for (Try t : tries) {
      if (t.outcome() instanceof Outcome.Delivered(Duration roundTrip, int h, int tried)) {
        hops.merge(h, 1, Integer::sum);
      }
    }
    return hops;
  }

  /** Mean links crossed, 0 if nothing was delivered. */
  public double meanHops() {
    Map<Integer, Integer> hops = hops();
    long links = 0;
    long messages = 0;
    for (Map.Entry<Integer, Integer> e : hops.entrySet()) {
      links += (long) e.getKey() * e.getValue();
      messages += e.getValue();
    }
    return messages == 0 ? 0 : (double) links / messages;
  }

  @Override
  public String toString() {
    return "%d sent, %d at the first attempt, %d delivered, %d doubled, hops %s (mean %.2f), missed %s"
        .formatted(sent(), first(), delivered(), doubled(), hops(), meanHops(), missed(5));
  }
}
