package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.node.LinkInfo;
import org.wayfolk.peer.Network;
import org.wayfolk.transport.Link;

/** Honest nodes with a peer among them that has proven who it is and then sends what it likes. */
final class HostilePeerTest {
  private static final int NODES = 12;

  /** A proof run takes 200,000 (-Dwayfolk.hostile.frames); it ran clean with seed 1. */
  private static final int FRAMES = Integer.getInteger("wayfolk.hostile.frames", 20_000);

  private static final long SEED = Long.getLong("wayfolk.hostile.seed", 1);

  /** A burst stays below what admission allows a link, or nothing behind it would be reached. */
  private static final int BURST = 20;

  @Test
  void aHostilePeersFramesOfEveryTypeCostNoLinkNoMessageAndNoException() throws Exception {
    SimWorld world = new SimWorld(SEED);
    SimNetwork net = new SimNetwork(world);
    net.grow(NODES, Joining.everySecond());
    world.run(Duration.ofSeconds(60));
    List<Member> honest = net.members();
    Set<NodeId> ids = new HashSet<>();
    honest.forEach(m -> ids.add(m.node().id()));
    Set<String> before = links(honest, ids);
    assertThat(before).hasSize(NODES * (NODES - 1));

    HostilePeer enemy =
        new HostilePeer(
            world,
            Network.local("sim"),
            net.identity(1_000),
            honest.stream().map(Member::peer).toList());
    RandomGenerator dice = world.random("hostile");
    List<Identity> others = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      others.add(net.identity(1_001 + i));
    }
    others.add(enemy.identity);
    HostileFrames frames = new HostileFrames(enemy, dice, List.copyOf(ids), others);
    List<CompletableFuture<Outcome>> sent = new ArrayList<>();
    honest.forEach(m -> m.node().onMessage(msg -> {}));

    long heap = heap();
    int written = 0;
    for (int round = 0; written < FRAMES; round++) {
      for (Link link : enemy.proven()) {
        for (int i = 0; i < BURST; i++) {
          written += enemy.write(link, frames.next(link.peer())) ? 1 : 0;
        }
      }
      enemy.redial();
      if (round % 20 == 0) {
        Member a = honest.get(dice.nextInt(NODES));
        Member b = honest.get(dice.nextInt(NODES));
        sent.add(a.node().send(b.node().id(), new byte[] {1}).future());
      }
      world.run(Duration.ofMillis(20));
    }
    world.run(Duration.ofSeconds(60));
    long grown = heap() - heap;

    world.check(() -> {
      for (Member m : honest) {
        assertThat(m.node().stats().get("bug")).as(m.node().stats().toString()).isZero();
      }
      assertThat(links(honest, ids))
          .as("links of honest nodes, with their ages")
          .containsAll(before);
      assertThat(sent).allMatch(f -> f.getNow(null) instanceof Outcome.Delivered);
      assertThat(grown).as("heap").isLessThan(96L << 20);
    });
    Map<String, Long> sum = new TreeMap<>();
    for (Member m : honest) {
      m.node().stats().drops().forEach((k, v) -> sum.merge(k, v, Long::sum));
    }
    System.out.printf(
        "hostile: %d frames, thrown out %d times, heap +%d KB, %s%n",
        written, enemy.closed.size(), grown >> 10, sum);
    net.close();
    enemy.transport.close();
    world.run(Duration.ofSeconds(20));
    world.check(() -> assertThat(world.packets().outstanding()).isZero());
  }

  /** Each link of an honest node to another, and when it was made: one that was renewed differs. */
  private static Set<String> links(List<Member> honest, Set<NodeId> ids) {
    Set<String> out = new HashSet<>();
    for (Member m : honest) {
      for (LinkInfo l : m.node().links()) {
        if (ids.contains(l.id())) {
          out.add(m.number() + " " + l.id());
        }
      }
    }
    return out;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime r = Runtime.getRuntime();
    return r.totalMemory() - r.freeMemory();
  }
}
