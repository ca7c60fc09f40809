package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.peer.Peer;
import org.wayfolk.time.NetworkTime;
import org.wayfolk.time.Skew;
import org.wayfolk.transport.Address;

/** Nodes whose wall clocks are wrong, in networks with and without enough votes. */
final class ClockSkewTest {
  private static final int NODES = 24;

  private static Member late(SimWorld world, SimNetwork net, Duration ahead) {
    SimTransport transport = world.transport();
    transport.host().wallSkew(ahead);
    Member entry = net.member(net.members().size() / 2);
    Member m = net.add(transport, net.identity(net.members().size()), List.of(entry.peer()));
    world.run(Duration.ofSeconds(40));
    return m;
  }

  private static SimNetwork network(SimWorld world, int nodes) {
    SimNetwork net = new SimNetwork(world);
    net.grow(nodes, Joining.everySecond());
    world.run(Duration.ofSeconds(30));
    return net;
  }

  /** Both ways with every member whose clock is right; what was not delivered. */
  private static List<String> lost(SimWorld world, SimNetwork net, Member wrong) {
    List<String> lost = new ArrayList<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Member m : net.members()) {
      m.node().onMessage(x -> {});
    }
    for (Member m : net.members()) {
      if (m.number() != wrong.number()) {
        for (Member[] pair : List.of(new Member[] {m, wrong}, new Member[] {wrong, m})) {
          String name = pair[0].number() + " to " + pair[1].number();
          all.add(
              pair[0]
                  .node()
                  .send(pair[1].node().id(), new byte[1])
                  .future()
                  .thenAccept(o -> {
                    if (!(o instanceof Outcome.Delivered d) || d.tries() > 1) {
                      lost.add(name + " " + o);
                    }
                  }));
        }
        world.run(Duration.ofMillis(100));
      }
    }
    world.runUntil(() -> all.stream().allMatch(CompletableFuture::isDone), Duration.ofMinutes(1));
    assertThat(all).allMatch(CompletableFuture::isDone);
    return lost;
  }

  @Test
  void fiveAndNineMinutesEitherWayAreCorrectedAndNobodyNotices() {
    SimWorld world = new SimWorld(18);
    try (SimNetwork net = network(world, NODES)) {
      for (int minutes : new int[] {5, -5, 9, -9}) {
        Member wrong = late(world, net, Duration.ofMinutes(minutes));
        Skew skew = wrong.node().clockSkew();
        assertThat(skew.votes()).isGreaterThanOrEqualTo(NetworkTime.MIN_VOTES);
        assertThat(skew.correctionMillis())
            .isBetween(-minutes * 60_000L - 100, -minutes * 60_000L + 100);
        assertThat(skew.alarming()).isFalse();
        assertThat(lost(world, net, wrong)).as("%d minutes ahead", minutes).isEmpty();
      }
      // Those with the right time still have it, though four of their number say otherwise.
      for (Member m : net.members().subList(0, NODES)) {
        assertThat(m.node().clockSkew().correctionMillis()).isBetween(-100L, 100L);
      }
    }
  }

  @Test
  void twentyMinutesAreToldWhateverTheNetworkMakesOfTheNode() {
    SimWorld world = new SimWorld(19);
    try (SimNetwork net = network(world, NODES)) {
      for (int minutes : new int[] {20, -20}) {
        Skew skew = late(world, net, Duration.ofMinutes(minutes)).node().clockSkew();
        assertThat(skew.alarming()).isTrue();
        assertThat(skew.millis()).isBetween(-minutes * 60_000L - 100, -minutes * 60_000L + 100);
        assertThat(Math.abs(skew.correctionMillis())).isLessThanOrEqualTo(600_000);
      }
    }
  }

  @Test
  void threeNodesAreTooFewToCorrectByAndGoByTheWindow() {
    SimWorld world = new SimWorld(20);
    try (SimNetwork net = network(world, 3)) {
      // Who has run for longer than the clocks differ takes no message for one from before its
      // start.
      world.run(Duration.ofMinutes(13));
      Member wrong = late(world, net, Duration.ofMinutes(-12));
      Skew skew = wrong.node().clockSkew();
      assertThat(skew.votes()).isBetween(1, 3);
      assertThat(skew.correctionMillis()).isZero();
      assertThat(skew.alarming()).isTrue();
      assertThat(lost(world, net, wrong)).isEmpty();
    }
  }

  @Test
  void aCrowdInOneSubnetMovesNobodysClock() {
    SimWorld world = new SimWorld(21);
    try (SimNetwork net = network(world, 12)) {
      // Thirty liars in one /16, all of which the newcomer will be linked to.
      for (int i = 0; i < 30; i++) {
        SimTransport t = world.transport(Address.ofV4(0x0505_0100 + i, SimWorld.PORT));
        t.host().wallSkew(Duration.ofMinutes(8));
        net.add(t, net.identity(net.members().size()), List.of(net.member(i % 12).peer()));
        world.run(Duration.ofSeconds(1));
      }
      world.run(Duration.ofSeconds(30));
      Peer[] through = {net.member(30).peer()};
      Member newcomer = net.add(through);
      world.run(Duration.ofSeconds(40));
      Skew skew = newcomer.node().clockSkew();
      assertThat(skew.votes()).isGreaterThanOrEqualTo(NetworkTime.MIN_VOTES);
      assertThat(skew.correctionMillis()).isBetween(-100L, 100L);
    }
  }
}
