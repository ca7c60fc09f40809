package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.Dialable;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;

/** Finding a node by the first bits of its id, as a spoken code does. */
final class NearestTest {
  private static final int NODES = 200;
  private static final int DIFFICULTY = 4;

  /** Bits of the id that a spoken code has room for. */
  private static final int BITS = 30;

  private record Trial(Member inviter, CompletableFuture<List<PeerRecord>> found) {}

  /** The id's bits up to and with the {@link #BITS} behind the difficulty, then zeros. */
  private static NodeId prefix(NodeId id) {
    int keep = DIFFICULTY + BITS;
    return new NodeId(id.a() & -1L << (64 - keep), 0, 0, 0);
  }

  /** Every fourth node takes no links, says nowhere that it could be dialled, and cannot be. */
  private static void grow(SimNetwork net, int count, List<Member> shut) {
    for (int i = 0; i < count; i++) {
      boolean open = i % 4 != 3;
      net.settings(open ? b -> {} : b -> b.maxInbound(0).dialable(Dialable.NO));
      net.grow(1, Joining.everySecondThrough(3));
      if (!open) {
        shut.add(net.members().getLast());
        shut.getLast().transport().inboundBlocked(true);
      }
    }
  }

  private static Trial lookFor(Member inviter, SimNetwork net, RandomGenerator dice) {
    Member guest = inviter;
    while (guest.equals(inviter)) {
      guest = net.member(dice.nextInt(NODES));
    }
    return new Trial(inviter, guest.node().nearest(prefix(inviter.node().id())));
  }

  @Test
  void aNodeIsAmongTheFourNearestToItsPrefixWhetherItCanBeDialledOrNot() {
    SimWorld world = new SimWorld(31);
    RandomGenerator dice = world.random("guests");
    try (SimNetwork net =
        new SimNetwork(world, Network.local("nearest").withDifficulty(DIFFICULTY))) {
      List<Member> shut = new ArrayList<>();
      grow(net, NODES, shut);
      world.run(Duration.ofSeconds(30));
      world.network().frameLoss(0.02);
      List<Trial> trials = new ArrayList<>();
      for (Member inviter : net.members()) {
        trials.add(lookFor(inviter, net, dice));
        world.run(Duration.ofMillis(100));
      }
      world.network().frameLoss(0);
      // As a user does it: start the program, say the code.
      for (int i = 0; i < 8; i++) {
        List<Member> late = new ArrayList<>();
        grow(net, 4, late);
        world.run(Duration.ofSeconds(4));
        shut.addAll(late);
        trials.add(lookFor(late.getLast(), net, dice));
      }
      world.run(Duration.ofSeconds(20));
      world.check(() -> {
        for (Trial t : trials) {
          List<NodeId> ids = t.found().getNow(List.of()).stream().map(PeerRecord::id).toList();
          assertThat(ids.stream().limit(4))
              .as("%s, can be dialled: %s", t.inviter(), !shut.contains(t.inviter()))
              .contains(t.inviter().node().id());
        }
        assertThat(shut).hasSize(NODES / 4 + 8);
      });
    }
  }

  /** An answer that names nobody is an answer: two people alone with their nodes. */
  @Test
  void inTheSmallestNetworksTheOthersAreFound() {
    SimWorld world = new SimWorld(32);
    try (SimNetwork net = new SimNetwork(world)) {
      Member middle = net.add();
      Member one = net.add(middle.peer());
      world.run(Duration.ofSeconds(20));
      CompletableFuture<List<PeerRecord>> two = one.node().nearest(middle.node().id());
      CompletableFuture<List<PeerRecord>> back = middle.node().nearest(new NodeId(1, 2, 3, 4));
      world.run(Duration.ofSeconds(5));
      net.settings(b -> b.maxInbound(0).dialable(Dialable.NO));
      Member shut = net.add(middle.peer());
      shut.transport().inboundBlocked(true);
      Member guest = net.add(middle.peer());
      guest.transport().inboundBlocked(true);
      world.run(Duration.ofSeconds(20));
      one.host().crash();
      CompletableFuture<List<PeerRecord>> found = guest.node().nearest(prefix(shut.node().id()));
      world.run(Duration.ofSeconds(16));
      world.check(() -> {
        assertThat(two.getNow(List.of())).extracting(PeerRecord::id).contains(middle.node().id());
        assertThat(back.getNow(List.of())).extracting(PeerRecord::id).contains(one.node().id());
        assertThat(found.getNow(List.of()))
            .extracting(PeerRecord::id)
            .contains(shut.node().id(), middle.node().id());
      });
    }
  }

  @Test
  void nobodyIsFoundByANodeThatIsAloneOrClosed() {
    SimWorld world = new SimWorld(33);
    try (SimNetwork net = new SimNetwork(world)) {
      Member alone = net.add();
      CompletableFuture<List<PeerRecord>> found = alone.node().nearest(new NodeId(1, 2, 3, 4));
      world.run(Duration.ofSeconds(16));
      world.check(() -> assertThat(found.getNow(null)).isEmpty());
      alone.node().close();
      CompletableFuture<List<PeerRecord>> late = alone.node().nearest(new NodeId(1, 2, 3, 4));
      world.run(Duration.ofSeconds(1));
      world.check(() -> assertThat(late.getNow(null)).isEmpty());
    }
  }
}
