package org.wayfolk.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.Introduction;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Peer;

/** What an application such as the messenger asks of its node. */
final class ApplicationNodeTest {
  private static final SendOptions TO_MESSENGER =
      SendOptions.DEFAULT.application(Applications.MESSENGER);

  @Test
  void verdictsMayComeLaterAndInAnyOrder() {
    SimWorld world = new SimWorld(21);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(3, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      List<String> got = new ArrayList<>();
      List<CompletableFuture<Handled.Verdict>> verdicts = new ArrayList<>();
      net.member(2)
          .node()
          .onMessageLater(m -> {
            assertThat(m.application()).isEqualTo(Applications.MESSENGER);
            got.add(new String(m.payload(), UTF_8));
            verdicts.add(new CompletableFuture<>());
            return verdicts.getLast();
          });
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] payload = String.valueOf(i).getBytes(UTF_8);
        outcomes.add(
            net.member(1).node().send(net.member(2).node().id(), payload, TO_MESSENGER).future());
      }
      world.run(Duration.ofMillis(900));
      world.check(() -> assertThat(got).hasSize(32));
      for (int i = 31; i >= 0; i--) {
        verdicts.get(i).complete(Handled.Verdict.ACCEPTED);
      }
      world.run(Duration.ofMillis(200));
      world.check(() -> assertThat(got).hasSize(40));
      verdicts.get(32).completeExceptionally(new IllegalStateException("the store is gone"));
      verdicts.get(33).complete(Handled.Verdict.LOCKED);
      verdicts.get(34).complete(Handled.Verdict.SILENT);
      IntStream.range(35, 40).forEach(i -> verdicts.get(i).complete(Handled.Verdict.ACCEPTED));
      // The one that failed is tried again and handed over again.
      world.run(Duration.ofSeconds(5));
      world.check(() -> assertThat(got).hasSize(41));
      verdicts.get(40).complete(Handled.Verdict.ACCEPTED);
      world.run(Duration.ofSeconds(12));
      List<Outcome> all = outcomes.stream().map(CompletableFuture::join).toList();
      world.check(() -> {
        assertThat(all.stream().filter(o -> o instanceof Outcome.Delivered)).hasSize(38);
        assertThat(all.stream().filter(o -> is(o, Reason.LOCKED))).hasSize(1);
        assertThat(all.stream().filter(o -> is(o, Reason.NO_ANSWER))).hasSize(1);
        assertThat(got.getLast()).as("handed over again").isEqualTo(got.get(32));
      });
    }
  }

  @Test
  void aHandlerThatThrowsOrGivesNothingFailsTheMessageAndNotTheNode() throws Exception {
    SimWorld world = new SimWorld(22);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(2, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      int[] calls = {0};
      net.member(1)
          .node()
          .onMessageLater(m -> {
            if (calls[0]++ == 0) {
              throw new IllegalStateException("at once");
            }
            return CompletableFuture.completedFuture(Handled.Verdict.ACCEPTED);
          });
      Outcome o =
          net.member(0)
              .node()
              .send(net.member(1).node().id(), new byte[1], TO_MESSENGER)
              .await(Duration.ofSeconds(10));
      world.check(() -> {
        assertThat(o)
            .isInstanceOfSatisfying(
                Outcome.Delivered.class, d -> assertThat(d.tries()).isEqualTo(2));
        assertThat(calls[0]).isEqualTo(2);
      });
    }
  }

  @Test
  void aWatchedPeerIsToldOfWhenItComesUpAndAtMostOnceASecond() {
    SimWorld world = new SimWorld(23);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(6, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      Node watcher = net.member(0).node();
      NodeId later = net.identity(6).id();
      NodeId there = net.member(3).node().id();
      List<NodeId> seen = new ArrayList<>();
      watcher.watch(List.of(later, there), seen::add);
      world.run(Duration.ofMillis(100));
      world.check(() -> assertThat(seen).as("nothing happened yet").isEmpty());

      Member newcomer = net.add(net.member(2).peer());
      world.run(Duration.ofSeconds(5));
      world.check(() -> assertThat(seen).contains(later));

      world.run(Duration.ofMinutes(2));
      seen.clear();
      for (int i = 0; i < 30; i++) {
        byte[] payload = {(byte) i};
        newcomer.node().send(watcher.id(), payload);
        net.member(1).node().send(watcher.id(), payload);
        world.run(Duration.ofMillis(100));
      }
      // Its messages three seconds long; of member 1, which is not watched, nothing.
      world.check(() -> assertThat(seen).containsOnly(later).hasSizeBetween(3, 4));

      watcher.watch(List.of(), seen::add);
      world.run(Duration.ofSeconds(2));
      seen.clear();
      newcomer.node().send(watcher.id(), new byte[] {1});
      world.run(Duration.ofSeconds(2));
      world.check(() -> assertThat(seen).isEmpty());
    }
  }

  /** Nobody tells the watcher by itself in a network where it has no link to who comes back. */
  @Test
  void aReceiptOrAnAnswerOfAWatchedPeerIsEnough() throws Exception {
    SimWorld world = new SimWorld(24);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(4, Joining.everySecond());
      world.run(Duration.ofSeconds(60));
      Node watcher = net.member(0).node();
      NodeId peer = net.member(3).node().id();
      List<NodeId> seen = new ArrayList<>();
      watcher.watch(List.of(peer), seen::add);
      CompletableFuture<Optional<Node.Met>> met = watcher.rendezvous(peer);
      world.run(Duration.ofSeconds(2));
      world.check(() -> {
        assertThat(met.getNow(Optional.empty())).isPresent();
        assertThat(seen).containsExactly(peer);
      });
      net.member(3).node().onMessage(m -> {});
      watcher.send(peer, new byte[1]);
      world.run(Duration.ofSeconds(2));
      world.check(() -> assertThat(seen).containsExactly(peer, peer));
    }
  }

  @Test
  void tooManyWatchedPeersAreRefused() {
    SimWorld world = new SimWorld(25);
    try (SimNetwork net = new SimNetwork(world)) {
      Node node = net.add().node();
      List<NodeId> most =
          IntStream.range(0, Node.MAX_WATCHED).mapToObj(i -> new NodeId(i, 0, 0, 1)).toList();
      node.watch(most, id -> {});
      List<NodeId> more = new ArrayList<>(most);
      more.add(new NodeId(1, 1, 1, 1));
      assertThatThrownBy(() -> node.watch(more, id -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anIntroductionNamesUsAndThreeNodesToJoinThroughThatAreThere() {
    SimWorld world = new SimWorld(26);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(8, Joining.everySecond());
      net.settings(b -> b.maxInbound(0));
      Member shut = net.add(net.member(0).peer());
      world.run(Duration.ofSeconds(30));
      for (Member m : net.members()) {
        Introduction i = m.node().introduction();
        world.check(() -> {
          assertThat(i.own())
              .isEqualTo(m.equals(shut) ? List.of() : List.of(m.transport().address()));
          assertThat(i.entries()).hasSize(3).doesNotHaveDuplicates();
          assertThat(i.entries()).isSubsetOf(net.members().stream().map(Member::peer).toList());
          assertThat(i.entries()).doesNotContain(m.peer(), shut.peer());
        });
      }
      // Somebody who was given nothing else gets in.
      Peer entry = shut.node().introduction().entries().getFirst();
      Member guest = net.add(entry);
      world.run(Duration.ofSeconds(10));
      world.check(() -> assertThat(guest.node().links()).hasSizeGreaterThan(3));
    }
  }

  @Test
  void aNodeThatIsAloneIntroducesItselfOnly() {
    SimWorld world = new SimWorld(27);
    try (SimNetwork net = new SimNetwork(world)) {
      Member alone = net.add();
      world.run(Duration.ofSeconds(1));
      world.check(() ->
          assertThat(alone.node().introduction())
              .isEqualTo(new Introduction(List.of(alone.transport().address()), List.of())));
    }
  }

  private static boolean is(Outcome o, Reason why) {
    return o instanceof Outcome.Undelivered u && u.why() == why;
  }
}
