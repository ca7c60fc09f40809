package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;

class NetworkTest {
  private static final long S = MiniNet.S;

  /** Nodes of which some carry nothing for others, whom every tenth entry node may be too. */
  private static MiniNet withLeaves(long seed, int nodes, int percent) {
    MiniNet net = new MiniNet(seed);
    RoutingSettings carry = net.settings;
    RoutingSettings nothing = carry.withCarry(new CarrySettings(0, ZoneOffset.UTC, 0, 0));
    for (int i = 0; i < nodes; i++) {
      net.settings = net.random.nextInt(100) < percent ? nothing : carry;
      net.grow(1, S, 1, false);
    }
    net.run(90 * S);
    return net;
  }

  private static void allPairs(String what, MiniNet net) {
    List<MiniNet.Probe> probes = new ArrayList<>();
    for (MiniNode from : net.live()) {
      for (MiniNode to : net.live()) {
        if (from != to) {
          probes.add(net.send(from, to, Copies.TWO));
        }
      }
      net.run(50 * MiniNet.MS);
    }
    net.run(2 * S);
    System.out.println(what + ": " + net.summary(probes));
    net.missing().stream().limit(10).forEach(System.out::println);
    assertThat(probes).allMatch(p -> p.firstHops > 0);
    assertThat(net.counted(Tally.CARRY_DECLINED) + net.counted(Tally.CARRY_DROPPED)).isZero();
    assertThat(
            net.nodes.stream()
                .filter(n -> !n.record.carries())
                .mapToLong(n -> n.routing.carried(n).today())
                .sum())
        .isZero();
  }

  @Test
  void ofTwoHundredThreeTenthsCarryNothingAndEveryPairIsReachedAtTheFirstCopy() {
    allPairs("30 % carry nothing", withLeaves(21, 200, 30));
  }

  @Test
  void ofTwoHundredNineTenthsCarryNothingAndEveryPairIsReachedAtTheFirstCopy() {
    allPairs("90 % carry nothing", withLeaves(22, 200, 90));
  }

  @Test
  void ofManyAThirdStopsCarryingAtOnceAndNothingIsLostMeanwhile() {
    MiniNet net = new MiniNet(23);
    net.grow(150, S, 1, false);
    net.run(60 * S);
    List<MiniNet.Probe> probes = new ArrayList<>(net.probe(1_000, Copies.TWO));
    for (int i = 0; i < 150; i += 3) {
      net.nodes.get(i).give(new Routing.Carry(0));
    }
    probes.addAll(net.probe(1_000, Copies.TWO));
    System.out.println("a third stops at once: " + net.summary(probes));
    assertThat(probes).allMatch(p -> p.arrived > 0);
    assertThat(net.counted(Tally.CARRY_DECLINED)).isPositive();
    net.run(60 * S);
    reachesAll("a third stopped, a minute later", net, 1_000);
    for (int i = 0; i < 150; i += 3) {
      net.nodes.get(i).give(new Routing.Carry(Carried.NO_LIMIT));
    }
    net.run(30 * S);
    reachesAll("and carries again", net, 1_000);
  }

  private static List<MiniNet.Probe> reachesAll(String what, MiniNet net, int pairs) {
    List<MiniNet.Probe> probes = net.probe(pairs, Copies.TWO);
    System.out.println(what + ": " + net.summary(probes));
    assertThat(net.missing()).isEmpty();
    assertThat(probes).allMatch(p -> p.firstHops > 0);
    return probes;
  }

  @Test
  void joinsThroughRandomMembersReachEveryPairAtTheFirstCopy() {
    MiniNet net = new MiniNet(1);
    net.grow(250, S, 1, false);
    net.run(60 * S);
    reachesAll("250 through random members", net, 2_000);
    assertThat(net.pool.outstanding()).isZero();
  }

  /**
   * One copy may be lost here, not the message: who dials a full node takes the link for up and may
   * give it a frame before the refusal comes. The second copy is for such.
   */
  @Test
  void joinsThroughThreeFixedEntriesThatAreFullReachEveryPair() {
    MiniNet net = new MiniNet(2);
    net.settings = net.settings.withMaxInbound(64);
    net.grow(200, S, 3, true);
    net.run(60 * S);
    List<MiniNet.Probe> probes = net.probe(2_000, Copies.TWO);
    System.out.println("200 through three entries of 64 links: " + net.summary(probes));
    assertThat(net.missing()).isEmpty();
    assertThat(probes).allMatch(p -> p.arrived > 0);
    assertThat(probes).filteredOn(p -> p.firstHops <= 0).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void joinsInOneInstantReachEveryPairAtTheFirstCopy() {
    MiniNet net = new MiniNet(3);
    net.grow(3, S, 2, true);
    net.grow(150, 0, 3, true);
    net.run(60 * S);
    reachesAll("150 in one instant", net, 1_000);
  }

  @Test
  void aNetworkWithDifficultyCountsLevelsBehindItsZeros() {
    // Ids of this network have no leading zeros, so no node counts as one of it; but levels are
    // counted alike, and that is what is seen here.
    LinkTable t = new LinkTable(new NodeId(0x00ffL << 48, 0, 0, 0), 8);
    assertThat(t.stratum(new NodeId(0x007fL << 48, 0, 0, 0))).isEqualTo(17);
  }

  @Test
  void aLostSiblingIsReplacedWithinSeconds() {
    MiniNet net = new MiniNet(4);
    net.grow(80, S, 1, false);
    net.run(60 * S);
    MiniNode n = net.nodes.get(40);
    MiniNode sibling =
        net.nodes.stream()
            .filter(x -> x.id.equals(n.routing.table().at(3).id))
            .findFirst()
            .orElseThrow();
    sibling.die();
    List.copyOf(sibling.links.values()).forEach(l -> l.other.close(CloseReason.TIMEOUT));
    net.run(3 * S);
    assertThat(net.missing()).isEmpty();
  }

  @Test
  void whoLeavesIsForgottenAtOnceAndNotDialledAgain() {
    MiniNet net = new MiniNet(5);
    net.grow(60, S, 1, false);
    net.run(30 * S);
    MiniNode n = net.nodes.get(7);
    n.give(new Routing.Leave());
    net.run(S);
    assertThat(n.links).isEmpty();
    assertThat(n.events).contains(new Routing.Isolated());
    n.die();
    net.run(5 * S);
    assertThat(net.missing()).isEmpty();
  }

  @Test
  void aFifthThatVanishesIsFoundOutAndReplaced() {
    MiniNet net = new MiniNet(6);
    net.grow(120, S, 1, false);
    net.run(60 * S);
    for (int i = 0; i < 120; i += 5) {
      net.nodes.get(i).die();
    }
    List<MiniNet.Probe> before = net.probe(500, Copies.TWO);
    System.out.println("20 % vanished, not detected: " + net.summary(before));
    net.run(75 * S);
    reachesAll("20 % vanished, 75 s later", net, 1_000);
  }

  @Test
  void twoIslandsBecomeOneWhenOneLinkJoinsThem() {
    MiniNet net = new MiniNet(7);
    net.grow(60, S, 1, false);
    List<MiniNode> first = new ArrayList<>(net.nodes);
    first.forEach(n -> n.alive = true);
    MiniNode a = first.get(10);
    MiniNode b = net.add();
    b.give(new Routing.Join(List.of()));
    for (int i = 0; i < 59; i++) {
      MiniNode n = net.add();
      MiniNode via = net.nodes.get(60 + net.random.nextInt(net.nodes.size() - 61));
      n.give(new Routing.Join(List.of(new Peer(via.id, via.address))));
      net.run(S);
    }
    net.run(30 * S);
    assertThat(net.missing()).isNotEmpty();
    a.give(new Routing.Join(List.of(new Peer(b.id, b.address))));
    for (int i = 0; i < 30 && !net.missing().isEmpty(); i++) {
      net.run(10 * S);
      System.out.println("islands, " + (i + 1) * 10 + " s: missing " + net.missing().size());
    }
    reachesAll("two islands of 60 joined by one link", net, 1_000);
  }

  @Test
  void nodesThatLostEverybodyComeBackByThemselves() {
    MiniNet net = new MiniNet(8);
    net.grow(50, S, 1, false);
    net.run(30 * S);
    MiniNode n = net.nodes.get(20);
    n.offline = true;
    net.run(3_000 * S);
    assertThat(n.links).isEmpty();
    assertThat(n.counted(Tally.LINK_SILENT)).isPositive();
    n.offline = false;
    net.run(60 * S);
    assertThat(net.missing()).noneMatch(m -> m.startsWith(n.toString()));
    net.run(340 * S); // the others had long given up asking for it
    assertThat(net.missing()).isEmpty();
  }

  @Test
  void nodesThatAcceptNobodyAreReachedThroughOthers() {
    MiniNet net = new MiniNet(9, Network.local("hidden"));
    net.grow(40, S, 1, false);
    for (int i = 0; i < 40; i++) {
      MiniNode n = net.add(false, net.settings.withMaxInbound(0));
      MiniNode via = net.nodes.get(net.random.nextInt(40));
      n.give(new Routing.Join(List.of(new Peer(via.id, via.address))));
      net.run(S);
    }
    net.run(60 * S);
    List<MiniNet.Probe> probes = net.probe(1_000, Copies.TWO);
    System.out.println("half accept nobody: " + net.summary(probes));
    assertThat(probes).allMatch(p -> p.firstHops > 0);
  }
}
