package org.wayfolk.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Receipt;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;

/**
 * An application test: five nodes of the real library, frames that are lost, a machine that dies
 * and comes back, a network that is cut in two. One thread, no real time; the seed says it all.
 */
final class FiveNodesInTroubleTest {
  private final SimWorld world = new SimWorld(7);
  private final SimNetwork network = new SimNetwork(world);
  private final List<Member> five = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  @Test
  void everybodyReachesEverybodyThoughOneFrameInTenIsLost() throws Exception {
    fiveNodesJoin();
    oneFrameInTenIsLost();
    everybodyWritesToEverybody(five);
    assertThat(heard).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void whoDiesIsMissedByNobodyElseAndIsReachedAgainOnceBack() throws Exception {
    fiveNodesJoin();
    oneFrameInTenIsLost();
    Member third = five.remove(2);
    third.host().crash();
    everybodyWritesToEverybody(five);

    five.add(comesBack(third));
    world.run(Duration.ofSeconds(10));
    heard.clear();
    everybodyWritesToEverybody(five);
    assertThat(heard).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void whatIsSentWhileTheNetworkIsCutArrivesOnceItIsMended() throws Exception {
    fiveNodesJoin();
    world.network().partition(hosts(five.subList(0, 2)), hosts(five.subList(2, 5)));
    Receipt across = write(five.get(0), five.get(4), "across");
    world.run(Duration.ofMinutes(2));
    assertThat(across.future()).as(world.describe()).isNotDone();

    world.network().heal();
    assertThat(across.await(Duration.ofMinutes(3))).isInstanceOf(Outcome.Delivered.class);
    assertThat(heard).containsExactly("across");
  }

  @AfterEach
  void nothingWasLeftBehind() {
    network.close();
    assertThat(world.packets().outstanding()).as(world.describe()).isZero();
  }

  private void fiveNodesJoin() {
    for (int i = 0; i < 5; i++) {
      Peer[] first = five.isEmpty() ? new Peer[0] : new Peer[] {five.getFirst().peer()};
      five.add(listening(network.add(first)));
    }
    world.run(Duration.ofSeconds(20));
  }

  private void oneFrameInTenIsLost() {
    world.network().delay(Duration.ofMillis(20)).frameLoss(0.1);
  }

  private Member comesBack(Member dead) {
    return listening(
        network.add(
            world.transport(dead.transport().address()),
            dead.identity(),
            List.of(five.getFirst().peer())));
  }

  private Member listening(Member member) {
    member.node().onMessage(m -> heard.add(new String(m.payload(), UTF_8)));
    return member;
  }

  private void everybodyWritesToEverybody(List<Member> all) throws Exception {
    for (Member from : all) {
      for (Member to : all) {
        Receipt receipt = write(from, to, from.number() + " to " + to.number());
        assertThat(receipt.await(Duration.ofMinutes(1)))
            .as(world.describe())
            .isInstanceOf(Outcome.Delivered.class);
      }
    }
  }

  private static Receipt write(Member from, Member to, String text) {
    SendOptions patient = SendOptions.DEFAULT.within(Duration.ofMinutes(5)).waiting();
    return from.node().send(to.node().id(), text.getBytes(UTF_8), patient);
  }

  private static Collection<SimHost> hosts(List<Member> of) {
    return of.stream().map(Member::host).toList();
  }
}
