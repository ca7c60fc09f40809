package org.wayfolk.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.TrafficClass;

/** A little of everything that can happen to transports, for comparing traces. Also a program. */
final class TraceScenario {
  private TraceScenario() {}

  static String run(long seed) throws IOException {
    SimWorld world = new SimWorld(seed);
    world.network().jitter(Duration.ofMillis(15)).loss(0.05).bandwidth(500_000);
    world.network().frameLoss(0.01).everywhere().reorder(0.1).duplicate(0.1);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      probes.add(new Probe(world, i));
    }
    RandomGenerator pick = world.random("scenario");
    for (int round = 0; round < 200; round++) {
      Probe a = probes.get(pick.nextInt(probes.size()));
      Probe b = probes.get(pick.nextInt(probes.size()));
      if (a.host().crashed() || b.host().crashed()) {
        continue;
      }
      switch (pick.nextInt(8)) {
        case 0, 1, 2 -> a.dial(b);
        case 3, 4, 5 -> {
          for (int i = 0; i < 20 && !a.opened.isEmpty(); i++) {
            a.send(a.opened.getLast(), i, 50 + pick.nextInt(5_000), TrafficClass.TRANSIT);
          }
        }
        case 6 -> a.transport.sendSide(b.address(), new byte[pick.nextInt(1_000)]);
        default -> disturb(world, a, b, pick.nextInt(10));
      }
      world.run(Duration.ofMillis(pick.nextInt(1_000)));
    }
    world.run(Duration.ofMinutes(2));
    return world.traceHash();
  }

  private static void disturb(SimWorld world, Probe a, Probe b, int how) {
    switch (how) {
      case 0 -> a.host().crash();
      case 1, 2, 3 -> world.network().partition(List.of(a.host()), List.of(b.host()));
      case 4, 5, 6 -> world.network().heal();
      case 7 -> a.host().clog(true);
      case 8 -> a.host().clog(false);
      default -> {
        if (!a.opened.isEmpty()) {
          a.opened.getFirst().close(CloseReason.EVICTED);
        }
      }
    }
  }

  public static void main(String[] args) throws IOException {
    System.out.println(run(Long.parseLong(args[0])));
  }
}
