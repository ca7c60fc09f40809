package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.World.Ends;
import org.wayfolk.hello.World.NodeSide;
import org.wayfolk.hello.World.Side;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;

class CrossedDialTest {
  private static final Network NET = Network.local();
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private static long between(SplittableRandom r, long low, long high) {
    return low + r.nextLong(high - low + 1);
  }

  /** The links that live at both ends, seen from the first node. */
  private static List<Side> survivors(World w, NodeSide a) {
    return w.sides.stream().filter(s -> s.node == a && s.alive() && s.other().alive()).toList();
  }

  private static void assertOneAndTheSame(World w, NodeSide a, NodeSide b, String as) {
    List<Side> left = survivors(w, a);
    assertThat(left).as(as).hasSize(1);
    assertThat(a.hello.linkTo(b.identity.id())).as(as).isSameAs(left.getFirst());
    assertThat(b.hello.linkTo(a.identity.id())).as(as).isSameAs(left.getFirst().other());
    assertThat(w.sides.stream().filter(Side::alive)).as(as).hasSize(2);
    assertThat(a.drops()).as(as).isEmpty();
    assertThat(b.drops()).as(as).isEmpty();
    assertThat(w.pool.outstanding()).as(as).isZero();
  }

  private static World world(long seed, SplittableRandom r) {
    World w = new World(seed);
    w.delay = () -> between(r, MILLI, 300 * MILLI);
    w.workDelay = () -> between(r, 0, 50 * MILLI);
    return w;
  }

  @Test
  void aThousandCrossedDialsLeaveTheSmallerIdsLinkOnBothEnds() {
    for (int seed = 0; seed < 1_000; seed++) {
      SplittableRandom r = new SplittableRandom(seed);
      World w = world(seed, r);
      NodeSide a = w.node(2 * seed, NET);
      NodeSide b = w.node(2 * seed + 1, NET);
      AtomicReference<Ends> ab = new AtomicReference<>();
      w.at(between(r, 0, 9 * SECOND), () -> ab.set(w.connect(a, b)));
      AtomicReference<Ends> ba = new AtomicReference<>();
      w.at(between(r, 0, 9 * SECOND), () -> ba.set(w.connect(b, a)));
      w.run(30 * SECOND);

      assertOneAndTheSame(w, a, b, "seed " + seed);
      boolean aIsSmaller = a.identity.id().compareTo(b.identity.id()) < 0;
      Ends kept = aIsSmaller ? ab.get() : ba.get();
      assertThat(survivors(w, a).getFirst())
          .as("seed %d", seed)
          .isSameAs(aIsSmaller ? kept.dialler() : kept.acceptor());
    }
  }

  @Test
  void atTheEdgeOfTenSecondsBothEndsStillAgree() {
    for (int seed = 0; seed < 1_000; seed++) {
      SplittableRandom r = new SplittableRandom(seed);
      World w = world(seed, r);
      NodeSide a = w.node(2 * seed, NET);
      NodeSide b = w.node(2 * seed + 1, NET);
      // Clocks that disagree by a quarter of an hour must not matter: the decision rests on one
      // node's monotonic clock.
      b.wallSkew = between(r, -840_000, 840_000);
      a.clockOrigin = r.nextLong() / 4;
      b.clockOrigin = r.nextLong() / 4;
      w.connect(a, b);
      w.at(between(r, 9_500, 10_500) * MILLI, () -> w.connect(b, a));
      w.run(30 * SECOND);
      assertOneAndTheSame(w, a, b, "seed " + seed);
    }
  }

  @Test
  void anyNumberOfDialsInAnyDirectionLeavesOneLink() {
    for (int seed = 0; seed < 500; seed++) {
      SplittableRandom r = new SplittableRandom(seed);
      World w = world(seed, r);
      NodeSide a = w.node(2 * seed, NET);
      NodeSide b = w.node(2 * seed + 1, NET);
      int dials = r.nextInt(2, 8);
      for (int i = 0; i < dials; i++) {
        boolean forth = r.nextBoolean();
        long when = between(r, 0, 25 * SECOND);
        w.at(when, () -> w.connect(forth ? a : b, forth ? b : a));
      }
      w.run(60 * SECOND);
      assertOneAndTheSame(w, a, b, "seed " + seed);
    }
  }

  @Test
  void aLaterDialOfTheSameDirectionReplacesTheEarlier() {
    World w = new World(1);
    NodeSide a = w.node(1, NET);
    NodeSide b = w.node(2, NET);
    w.connect(a, b);
    w.run(SECOND);
    Ends later = w.connect(a, b);
    w.run(SECOND);
    assertOneAndTheSame(w, a, b, "");
    assertThat(later.dialler().alive()).isTrue();
    assertThat(a.counted(Tally.HELLO_REPLACED)).isEqualTo(1);
    assertThat(a.events(Input.LinkUp.class)).hasSize(2);
    assertThat(a.events(HelloRefused.class)).isEmpty();
  }

  @Test
  void anOppositeDialMuchLaterReplacesWhoeverDialledIt() {
    for (boolean forth : new boolean[] {true, false}) {
      World w = new World(1);
      NodeSide a = w.node(1, NET);
      NodeSide b = w.node(2, NET);
      w.connect(forth ? a : b, forth ? b : a);
      w.run(11 * SECOND);
      Ends later = w.connect(forth ? b : a, forth ? a : b);
      w.run(SECOND);
      assertOneAndTheSame(w, a, b, "forth " + forth);
      assertThat(later.dialler().alive()).isTrue();
    }
  }

  @Test
  void aRestartedPeerReplacesItsOldLinkEvenIfTheDialsSeemToCross() {
    for (boolean forth : new boolean[] {true, false}) {
      World w = new World(1);
      NodeSide a = w.node(1, NET);
      NodeSide b = w.node(2, NET);
      NodeSide restarted = forth ? b : a;
      NodeSide stayed = forth ? a : b;
      w.connect(stayed, restarted);
      w.run(SECOND);
      byte[] newLeaf = restarted.leaf.clone();
      newLeaf[5] = 1;
      Ends fresh = w.connect(restarted, stayed, newLeaf, stayed.leaf);
      w.run(SECOND);
      assertThat(stayed.hello.linkTo(restarted.identity.id())).isSameAs(fresh.acceptor());
      assertThat(fresh.dialler().alive()).isTrue();
    }
  }

  @Test
  void hellosOfOneProcessAreNumberedInTheirOrderWhateverItsClockSays() {
    for (long origin : new long[] {0, -1, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2}) {
      World w = new World(1);
      NodeSide a = w.node(1, NET);
      a.clockOrigin = origin;
      Orders orders = new Orders();
      long last = -1;
      for (int i = 0; i < 100; i++) {
        long next = orders.next(a);
        assertThat(next).isGreaterThan(last).isBetween(0L, HelloFrame.MAX_TIME - 1);
        last = next;
        w.run(i % 3 * MILLI);
      }
      long before = orders.next(a);
      w.run(SECOND);
      assertThat(orders.next(a) - before).isBetween(990L, 1_000L);
    }
  }

  @Test
  void theOldLinkStaysProvenUntilItIsDown() {
    World w = new World(1);
    NodeSide a = w.node(1, NET);
    NodeSide b = w.node(2, NET);
    Ends first = w.connect(a, b);
    w.run(SECOND);
    w.connect(a, b);
    w.run(59 * MILLI); // b has the second frame not yet: the first link is the link
    assertThat(b.hello.proven(first.acceptor())).isTrue();
    w.run(SECOND);
    assertThat(b.hello.proven(first.acceptor())).isFalse();
    assertThat(first.dialler().alive()).isFalse();
  }
}
