package org.wayfolk.sim;

import java.time.Duration;
import org.wayfolk.delivery.SendOptions;

/**
 * Nodes join, settle for a minute, and random pairs write to each other. Also a program: seed,
 * nodes, milliseconds between joins, entry nodes (0: random members), pairs; its last line is the
 * hash of the trace.
 */
final class NetworkScenario {
  /** What came out. */
  record Result(Deliveries deliveries, int fewestLinks, double meanLinks, String traceHash) {}

  private NetworkScenario() {}

  static Result run(SimWorld world, int nodes, Joining how, int pairs) {
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(nodes, how);
      world.run(Duration.ofSeconds(60));
      var links = net.members().stream().mapToInt(m -> m.node().links().size()).summaryStatistics();
      Deliveries d = net.sample(pairs, Duration.ofMillis(10), SendOptions.DEFAULT);
      return new Result(d, links.getMin(), links.getAverage(), world.traceHash());
    }
  }

  static void main(String[] args) {
    long began = System.nanoTime();
    SimWorld world = new SimWorld(Long.parseLong(args[0]));
    Joining how =
        new Joining(Duration.ofMillis(Long.parseLong(args[2])), Integer.parseInt(args[3]));
    Result r = run(world, Integer.parseInt(args[1]), how, Integer.parseInt(args[4]));
    System.out.println(r.deliveries());
    System.out.printf(
        "links: fewest %d, mean %.1f; %d events, %s of virtual time in %.1f s; packets out %d%n",
        r.fewestLinks(),
        r.meanLinks(),
        world.events(),
        world.now(),
        (System.nanoTime() - began) / 1e9,
        world.packets().outstanding());
    System.out.println(r.traceHash());
  }
}
