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

  private static void everybodyIsFoundByThePrefix(long seed, Joining how) {
    SimWorld world = new SimWorld(seed);
    RandomGenerator dice = world.random("inviters");
    try (SimNetwork net =
        new SimNetwork(world, Network.local("nearest").withDifficulty(DIFFICULTY))) {
      List<Member> shut = new ArrayList<>();
      for (int i = 0; i < NODES; i += 4) {
        net.settings(b -> {});
        net.grow(3, how);
        net.settings(b -> b.maxInbound(0).dialable(Dialable.NO));
        net.grow(1, how);
        shut.add(net.members().getLast());
        shut.getLast().transport().inboundBlocked(true);
      }
      world.run(Duration.ofSeconds(60));
      List<Trial> trials = new ArrayList<>();
      for (Member inviter : net.members()) {
        Member guest = net.member(dice.nextInt(NODES));
        if (!guest.equals(inviter)) {
          NodeId target = prefix(inviter.node().id());
          trials.add(new Trial(inviter, guest.node().nearest(target)));
          world.run(Duration.ofMillis(300));
        }
      }
      world.run(Duration.ofSeconds(20));
      world.check(() -> {
        assertThat(trials).hasSizeGreaterThan(NODES - 10);
        assertThat(shut)
            .allSatisfy(
                m -> assertThat(trials).as("%s was looked for", m).anyMatch(t -> t.inviter().equals(m)));
        for (Trial t : trials) {
          List<NodeId> ids = t.found().getNow(List.of()).stream().map(PeerRecord::id).toList();
          assertThat(ids.stream().limit(4))
              .as("%s, dialable: %s", t.inviter().node().id(), !shut.contains(t.inviter()))
              .contains(t.inviter().node().id());
        }
      });
    }
  }

  @Test
  void aNodeIsAmongTheFourNearestToItsPrefixWhetherItCanBeDialledOrNot() {
    everybodyIsFoundByThePrefix(31, Joining.everySecondThrough(3));
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
