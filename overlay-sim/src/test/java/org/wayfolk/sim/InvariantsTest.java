package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.peer.Peer;

/** Networks of every small size hold the invariant, whatever happened to them before. */
final class InvariantsTest {
  private static final int SEED = 40;

  private static SimNetwork network(SimWorld world) {
    return new SimNetwork(world).crypto(new FastCrypto(world.seed()));
  }

  private static void holds(SimWorld world, SimNetwork net, int pairs) {
    world.check(() -> assertThat(Invariants.broken(net)).isEmpty());
    Deliveries d = net.sample(pairs, Duration.ofMillis(10), SendOptions.DEFAULT);
    world.check(() -> {
      assertThat(d.first()).as(d.toString()).isEqualTo(pairs);
      assertThat(d.doubled()).isZero();
    });
  }

  @Test
  void networksOfEverySizeHoldIt() {
    for (int size : new int[] {2, 3, 5, 16, 17, 18, 33, 64, 100}) {
      SimWorld world = new SimWorld(SEED + size);
      try (SimNetwork net = network(world)) {
        net.grow(size, Joining.everySecond());
        world.run(Duration.ofSeconds(60));
        holds(world, net, 4 * size);
      }
    }
  }

  @Test
  void alsoWhenAllBeginInOneInstant() {
    for (int size : new int[] {2, 17, 60}) {
      SimWorld world = new SimWorld(SEED + size);
      try (SimNetwork net = network(world)) {
        net.grow(size, Joining.allAtOnceThrough(1));
        world.run(Duration.ofSeconds(60));
        holds(world, net, 4 * size);
      }
    }
  }

  @Test
  void itIsSeenToBeBrokenAfterACrashAndToHoldAgainAfterTheRepair() {
    SimWorld world = new SimWorld(SEED);
    try (SimNetwork net = network(world)) {
      net.grow(60, Joining.everySecond());
      world.run(Duration.ofSeconds(60));
      for (int i = 0; i < 60; i += 5) {
        net.member(i).host().crash();
      }
      assertThat(Invariants.broken(net)).isNotEmpty();
      world.run(Duration.ofSeconds(90));
      holds(world, net, 200);
    }
  }

  /** Joins {@code size} nodes among themselves; the first is at index {@code from}. */
  private static int island(SimWorld world, SimNetwork net, int size) {
    int from = net.members().size();
    for (int i = 0; i < size; i++) {
      net.add(i == 0 ? new Peer[0] : new Peer[] {net.member(from + i / 2).peer()});
      world.run(Duration.ofMillis(500));
    }
    return from;
  }

  private static void islandsMeet(int seed, int... sizes) {
    SimWorld world = new SimWorld(seed);
    try (SimNetwork net = network(world)) {
      List<Integer> first = new ArrayList<>();
      for (int size : sizes) {
        first.add(island(world, net, size));
      }
      world.run(Duration.ofSeconds(60));
      assertThat(Invariants.broken(net)).isNotEmpty();
      for (int i = 1; i < sizes.length; i++) {
        // Somebody in the middle of each hears of somebody in the middle of the next.
        Member here = net.member(first.get(i - 1) + sizes[i - 1] / 2);
        here.node().join(net.member(first.get(i) + sizes[i] / 2).peer());
      }
      world.run(Duration.ofSeconds(90));
      holds(world, net, 200);
    }
  }

  @Test
  void twoIslandsOfThirtyMeetThroughAnyLink() {
    islandsMeet(SEED, 30, 30);
  }

  @Test
  void aSmallIslandMeetsALargeOne() {
    islandsMeet(SEED + 1, 100, 10);
  }

  @Test
  void threeIslandsMeet() {
    islandsMeet(SEED + 2, 20, 20, 20);
  }

  @Test
  void aNodeThatLostItsNetworkForAMinuteAnHourOrADayComesBackByItself() {
    for (Duration away : List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1))) {
      SimWorld world = new SimWorld(SEED + away.toMinutes());
      try (SimNetwork net = network(world)) {
        net.grow(20, Joining.everySecond());
        world.run(Duration.ofSeconds(60));
        Member lost = net.member(7);
        List<SimHost> others =
            net.members().stream()
                .filter(m -> m.number() != lost.number())
                .map(Member::host)
                .toList();
        world.network().partition(List.of(lost.host()), others);
        world.run(away);
        world.network().heal();
        world.run(Duration.ofSeconds(60));
        assertThat(lost.node().links()).as("after %s", away).isNotEmpty();
        world.run(Duration.ofMinutes(6));
        holds(world, net, 100);
      }
    }
  }

  @Test
  void aNodeThatStartsSendsWithinASecondAndHasItsTableWithinTen() throws Exception {
    SimWorld world = new SimWorld(SEED + 3);
    world.network().delay(Duration.ofMillis(20));
    try (SimNetwork net = network(world)) {
      net.grow(100, Joining.everySecond());
      world.run(Duration.ofSeconds(60));
      Member to = net.member(50);
      to.node().onMessage(m -> {});
      Member late = net.add(net.member(3).peer());
      Duration start = world.now();
      SendOptions waiting = SendOptions.DEFAULT.waiting();
      late.node().send(to.node().id(), new byte[] {1}, waiting).await(Duration.ofSeconds(10));
      Duration first = world.now().minus(start);
      world.check(() -> assertThat(first).isLessThan(Duration.ofSeconds(1)));
      world.run(Duration.ofSeconds(10).minus(first));
      world.check(() -> assertThat(Invariants.broken(net)).isEmpty());
    }
  }
}
