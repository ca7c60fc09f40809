package org.wayfolk.messenger.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.id.NodeId;

/**
 * Carries payloads between homes as an overlay does on a bad day: loses, doubles and reorders them,
 * loses receipts, and tells who was seen. Owns the time of all.
 */
final class Wire {
  private static final long GIVE_UP_MILLIS = 10_000;

  private final SplittableRandom random;
  private final List<Home> homes = new ArrayList<>();
  private final Map<NodeId, Home> byNode = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private final Map<List<NodeId>, Long> seenAt = new HashMap<>();
  private long orders;
  private long now;

  double loss;
  double doubles;
  long slowest = 300;

  /** All that was sent, for whoever wants to send it again. */
  final List<Sent> tapped = new ArrayList<>();

  boolean tapping;

  /** One payload. */
  record Sent(NodeId from, NodeId to, byte[] payload) {
    int type() {
      return payload[0];
    }
  }

  /** Payloads given to the wire. */
  int sends;

  /** Of those, to one that was off. */
  int inVain;

  private record Due(long at, long order, Runnable job) {}

  Wire(long seed) {
    this.random = new SplittableRandom(seed);
  }

  void add(Home home) {
    homes.add(home);
    byNode.put(home.node(), home);
    now = Math.max(now, home.bench.now());
  }

  void send(Home from, NodeId to, byte[] payload, Consumer<Outcome> done) {
    sends++;
    if (tapping) {
      tapped.add(new Sent(from.node(), to, payload));
    }
    Home target = byNode.get(to);
    int copies = random.nextDouble() < doubles ? 2 : 1;
    boolean[] told = new boolean[1];
    if (target == null || !target.online) {
      inVain++;
    }
    for (int i = 0; i < copies; i++) {
      if (target == null || random.nextDouble() < loss) {
        continue;
      }
      in(
          delay(),
          () -> {
            if (!target.online) {
              return;
            }
            Home.Answer answer = target.arrive(from.node(), payload);
            if (answer != Home.Answer.SILENT) {
              seen(target, from.node());
            }
            if (answer == Home.Answer.SILENT || random.nextDouble() < loss) {
              return;
            }
            in(
                delay(),
                () -> {
                  seen(from, target.node());
                  tell(told, done, outcome(answer));
                });
          });
    }
    in(GIVE_UP_MILLIS, () -> tell(told, done, new Outcome.Undelivered(Reason.NO_ANSWER, 4)));
  }

  private static Outcome outcome(Home.Answer answer) {
    return switch (answer) {
      case ACCEPTED -> new Outcome.Delivered(Duration.ofMillis(100), 3, 1);
      case LOCKED -> new Outcome.Undelivered(Reason.LOCKED, 1);
      case REFUSED, SILENT -> new Outcome.Undelivered(Reason.REFUSED, 1);
    };
  }

  private static void tell(boolean[] told, Consumer<Outcome> done, Outcome outcome) {
    if (!told[0]) {
      told[0] = true;
      done.accept(outcome);
    }
  }

  private void seen(Home by, NodeId whom) {
    Long last = seenAt.get(List.of(by.node(), whom));
    if (last == null || now - last >= 1_000) {
      seenAt.put(List.of(by.node(), whom), now);
      by.seen(whom);
    }
  }

  /** That home is up again: whoever has a link to it sees it. */
  void back(Home home) {
    for (Home other : homes) {
      if (other != home && other.online) {
        in(delay(), () -> seen(other, home.node()));
      }
    }
  }

  private long delay() {
    return random.nextLong(5, slowest + 6);
  }

  private void in(long millis, Runnable job) {
    orders++;
    due.add(new Due(now + millis, orders, job));
  }

  /** Lets time go by for all. */
  void pass(Duration time) {
    long end = now + time.toMillis();
    while (true) {
      long next = end;
      Due first = due.peek();
      if (first != null) {
        next = Math.min(next, first.at);
      }
      for (Home home : homes) {
        for (var later : home.bench.later) {
          next = Math.min(next, Math.max(now, later.at()));
        }
      }
      step(next);
      if (first != null && first.at <= now) {
        due.remove(first);
        first.job.run();
      } else if (next >= end) {
        return;
      }
    }
  }

  private void step(long to) {
    now = to;
    for (Home home : homes) {
      home.pass(Duration.ofMillis(to - home.bench.now()));
    }
  }

  /** Whether a payload is still under way. */
  long now() {
    return now;
  }
}
