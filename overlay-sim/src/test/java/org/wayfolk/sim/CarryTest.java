package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.node.Node;
import org.wayfolk.routing.Carried;

/** Whoever carries little or nothing for others costs nobody a message. */
final class CarryTest {
  private static final int NODES = 200;

  /** Some of the nodes carry only so much a day, the others without limit. */
  private static SimNetwork network(SimWorld world, int percent, long perDay) {
    SimNetwork net = new SimNetwork(world);
    RandomGenerator dice = world.random("carry");
    net.settings(b -> b.carry(dice.nextInt(100) < percent ? perDay : Carried.NO_LIMIT));
    net.grow(NODES, Joining.everySecond());
    world.run(Duration.ofSeconds(60));
    return net;
  }

  @Test
  void threeTenthsCarryNothingAndEveryPairIsDeliveredAtTheFirstTry() {
    SimWorld world = new SimWorld(2_026);
    try (SimNetwork net = network(world, 30, 0)) {
      List<Node> nodes = net.members().stream().map(Member::node).toList();
      List<Node> idle = nodes.stream().filter(n -> !n.carried().on()).toList();
      assertThat(idle.size()).isBetween(40, 80);

      int[] counts = new int[3];
      List<String> lost = new ArrayList<>();
      List<CompletableFuture<Void>> outcomes = new ArrayList<>();
      nodes.forEach(n -> n.onMessage(m -> counts[2]++));
      for (Node from : nodes) {
        for (Node to : nodes) {
          if (from != to) {
            outcomes.add(
                from.send(to.id(), new byte[1])
                    .future()
                    .thenAccept(o -> {
                      counts[0]++;
                      if (o instanceof Outcome.Delivered d) {
                        counts[1] += d.tries() == 1 ? 1 : 0;
                      } else {
                        lost.add(from.id().shortHex() + " to " + to.id().shortHex() + " " + o);
                      }
                    }));
          }
        }
        world.run(Duration.ofMillis(500));
      }
      int pairs = NODES * (NODES - 1);
      world.runUntil(() -> counts[0] == pairs, Duration.ofSeconds(60));
      assertThat(outcomes).allMatch(CompletableFuture::isDone);
      System.out.printf(
          "%d of %d carry nothing: %d pairs, %d at the first try, %d arrived%n",
          idle.size(), NODES, counts[0], counts[1], counts[2]);
      assertThat(lost).isEmpty();
      assertThat(counts).containsExactly(pairs, pairs, pairs);
      assertThat(idle).allMatch(n -> n.carried().today() == 0 && n.stats().get("forwarded") == 0);
      assertThat(idle).allMatch(n -> n.stats().get("carry_dropped") == 0);
    }
  }

  @Test
  void whoUsesItsDayUpInTheMiddleOfTheTrafficLosesNothingForOthers() {
    SimWorld world = new SimWorld(2_027);
    long perDay = 100_000;
    try (SimNetwork net = network(world, 40, perDay)) {
      Deliveries d = net.sample(6_000, Duration.ofMillis(5), SendOptions.DEFAULT);
      List<Node> limited =
          net.members().stream()
              .map(Member::node)
              .filter(n -> n.carried().perDay() == perDay)
              .toList();
      long usedUp = limited.stream().filter(n -> !n.carried().on()).count();
      long declined = limited.stream().mapToLong(n -> n.stats().get("carry_declined")).sum();
      System.out.printf(
          "%d of %d limited have used their day up, %d copies handed back; %s%n",
          usedUp, limited.size(), declined, d);
      assertThat(usedUp).isPositive();
      assertThat(declined).isPositive();
      assertThat(limited).allMatch(n -> n.carried().today() <= perDay);
      assertThat(d.delivered()).isEqualTo(d.sent());
    }
  }
}
