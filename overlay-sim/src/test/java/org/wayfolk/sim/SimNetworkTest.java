package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.node.Node;

/** Whole networks of real nodes: joins, loss, crashes, nodes that nobody can dial. */
final class SimNetworkTest {
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private static void everyPairAtTheFirstAttempt(long seed, Joining how) {
    SimWorld world = new SimWorld(seed);
    NetworkScenario.Result r = NetworkScenario.run(world, 200, how, 2_000);
    world.check(() -> {
      assertThat(r.deliveries().first()).as(r.deliveries().toString()).isEqualTo(2_000);
      assertThat(r.deliveries().doubled()).isZero();
      assertThat(r.fewestLinks()).isGreaterThanOrEqualTo(16);
      assertThat(world.packets().outstanding()).isZero();
    });
  }

  @Test
  void twoHundredNodesThatJoinedThroughRandomMembersReachEachOtherAtTheFirstAttempt() {
    everyPairAtTheFirstAttempt(1, Joining.everySecond());
  }

  @Test
  void twoHundredNodesThatJoinedThroughThreeEntriesReachEachOtherAtTheFirstAttempt() {
    everyPairAtTheFirstAttempt(2, Joining.everySecondThrough(3));
  }

  @Test
  void twoHundredNodesThatStartedInOneInstantReachEachOtherAtTheFirstAttempt() {
    everyPairAtTheFirstAttempt(3, Joining.allAtOnceThrough(3));
  }

  @Test
  void fiveNodesUnderTenPercentFrameLossReachEachOther() {
    SimWorld world = new SimWorld(5);
    world.network().frameLoss(0.1);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(5, Joining.everySecond());
      world.run(SETTLE);
      Deliveries d = net.sample(200, Duration.ofMillis(100), SendOptions.DEFAULT);
      world.check(() -> {
        assertThat(d.delivered()).as(d.toString()).isEqualTo(200);
        assertThat(d.first()).as("losses that were repaired").isLessThan(200);
        assertThat(d.doubled()).isZero();
      });
    }
  }

  @Test
  void twoNodesThatNobodyCanDialReachEachOtherThroughOthersAndThroughWhoIsLeft() throws Exception {
    SimWorld world = new SimWorld(6);
    try (SimNetwork net = new SimNetwork(world)) {
      Member a = net.add();
      Member d = net.add(a.peer());
      net.settings(b -> b.maxInbound(0));
      Member b = net.add(a.peer(), d.peer());
      Member c = net.add(a.peer(), d.peer());
      b.transport().inboundBlocked(true);
      c.transport().inboundBlocked(true);
      world.run(SETTLE);
      world.check(() -> assertThat(b.node().links()).noneMatch(l -> l.id().equals(c.node().id())));

      c.node().onMessage(m -> {});
      Outcome first = send(b.node(), c.node());
      world.check(() ->
          assertThat(first)
              .isInstanceOfSatisfying(
                  Outcome.Delivered.class, x -> assertThat(x.hops()).isEqualTo(2)));

      a.host().crash();
      Duration crash = world.now();
      Outcome second = send(b.node(), c.node());
      world.check(() -> assertThat(second).isInstanceOf(Outcome.Delivered.class));
      assertThat(world.now().minus(crash)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static Outcome send(Node from, Node to) throws InterruptedException {
    return from.send(to.id(), new byte[] {1, 2, 3}).await(Duration.ofSeconds(20));
  }

  @Test
  void whoIsLeftAfterACrashOfEveryFifthNodeReachEachOtherAgain() {
    SimWorld world = new SimWorld(7);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(60, Joining.everySecond());
      world.run(SETTLE);
      for (int i = 0; i < 60; i += 5) {
        net.member(i).host().crash();
      }
      Deliveries before = net.sample(200, Duration.ofMillis(20), SendOptions.DEFAULT);
      world.check(() -> assertThat(before.delivered()).as(before.toString()).isEqualTo(200));
      world.run(Duration.ofSeconds(75));
      Deliveries after = net.sample(500, Duration.ofMillis(10), SendOptions.DEFAULT);
      world.check(() -> assertThat(after.first()).as(after.toString()).isEqualTo(500));
    }
  }

  @Test
  void twoHalvesThatWereCutOffGrowTogetherAgain() {
    SimWorld world = new SimWorld(8);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(30, Joining.everySecond());
      world.run(SETTLE);
      List<SimHost> hosts = net.members().stream().map(Member::host).toList();
      world.network().partition(hosts.subList(0, 15), hosts.subList(15, 30));
      world.run(Duration.ofMinutes(3));
      world.network().heal();
      world.run(Duration.ofMinutes(3));
      Deliveries d = net.sample(300, Duration.ofMillis(10), SendOptions.DEFAULT);
      world.check(() -> assertThat(d.first()).as(d.toString()).isEqualTo(300));
    }
  }

  @Test
  void aNodeThatCrashedComesBackUnderItsIdentityAndAddress() throws Exception {
    SimWorld world = new SimWorld(9);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(12, Joining.everySecond());
      world.run(SETTLE);
      Member old = net.member(4);
      old.host().crash();
      world.run(Duration.ofSeconds(20));
      Member back =
          net.add(
              world.transport(old.transport().address()),
              net.identity(4),
              List.of(net.member(0).peer()));
      world.run(Duration.ofSeconds(20));
      back.node().onMessage(m -> {});
      Outcome o = send(net.member(9).node(), back.node());
      world.check(() -> assertThat(o).isInstanceOf(Outcome.Delivered.class));
      assertThat(back.node().id()).isEqualTo(old.node().id());
    }
  }
}
