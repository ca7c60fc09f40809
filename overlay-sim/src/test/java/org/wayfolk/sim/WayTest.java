package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.Node;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;

/** What a trace shows, and what it does not. */
final class WayTest {
  private static SimNetwork network(SimWorld world, Consumer<NodeBuilder> each) {
    SimNetwork net = new SimNetwork(world).crypto(new FastCrypto(world.seed())).settings(each);
    net.grow(120, new Joining(Duration.ofMillis(200), 0));
    world.run(Duration.ofSeconds(60));
    return net;
  }

  private static Traces.End trace(SimWorld world, Node from, NodeId to, List<TraceHop> hops) {
    CompletableFuture<Traces.End> end = from.trace(to, hops::add);
    assertThat(world.runUntil(end::isDone, Duration.ofMinutes(1))).isTrue();
    return end.join();
  }

  private static boolean linked(Node a, Node b) {
    return a.links().stream().anyMatch(l -> l.id().equals(b.id()));
  }

  /** Somebody to whom there is no link. */
  private static Node far(SimNetwork net, Node from) {
    return net.members().stream()
        .map(Member::node)
        .filter(n -> n != from && !linked(from, n))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTraceNamesEachNodeOfTheWayInOrder() {
    SimWorld world = new SimWorld(41);
    try (SimNetwork net = network(world, b -> {})) {
      for (int i = 0; i < 5; i++) {
        Node from = net.member(20 * i).node();
        Node to = far(net, from);
        List<TraceHop> hops = new ArrayList<>();
        assertThat(trace(world, from, to.id(), hops)).isEqualTo(Traces.End.REACHED);
        assertThat(hops).hasSizeBetween(2, 4);
        assertThat(hops.getLast().id()).isEqualTo(to.id());
        assertThat(hops.getLast().target()).isTrue();
        for (int h = 0; h + 1 < hops.size(); h++) {
          assertThat(hops.get(h).hop()).isEqualTo(h + 1);
          assertThat(hops.get(h).next()).isEqualTo(hops.get(h + 1).id());
          assertThat(hops.get(h).nextNanos()).isPositive();
          assertThat(hops.get(h).roundTripNanos()).isBetween(39_000_000L, 200_000_000L);
        }
        world.run(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void whoDeclinesIsSilentAndTheTraceGoesOn() {
    SimWorld world = new SimWorld(42);
    int[] made = {0};
    try (SimNetwork net = network(world, b -> b.answerTraces(made[0]++ % 120 >= 100))) {
      Node from = net.member(0).node();
      Node to =
          net.members().subList(100, 120).stream()
              .map(Member::node)
              .filter(n -> !linked(from, n))
              .findFirst()
              .orElseThrow();
      List<TraceHop> hops = new ArrayList<>();
      assertThat(trace(world, from, to.id(), hops)).isEqualTo(Traces.End.REACHED);
      assertThat(hops.getFirst().id()).isNull();
      assertThat(hops.getLast().id()).isEqualTo(to.id());
      // A target that declines ends in silence.
      List<TraceHop> none = new ArrayList<>();
      assertThat(trace(world, from, net.member(50).node().id(), none)).isEqualTo(Traces.End.SILENT);
      assertThat(none).allMatch(h -> h.id() == null);
    }
  }

  @Test
  void aLinkToSomebodyWhomItsUserKnowsIsNotTold() {
    SimWorld world = new SimWorld(43);
    try (SimNetwork net = network(world, b -> {})) {
      Node from = net.member(7).node();
      Node to = far(net, from);
      List<TraceHop> before = new ArrayList<>();
      trace(world, from, to.id(), before);
      NodeId last = before.get(before.size() - 2).id();
      Node friend =
          net.members().stream()
              .map(Member::node)
              .filter(n -> n.id().equals(last))
              .findFirst()
              .orElseThrow();
      friend.watch(Set.of(to.id()), id -> {});
      to.watch(Set.of(friend.id()), id -> {});
      world.run(Duration.ofSeconds(10));
      List<TraceHop> after = new ArrayList<>();
      assertThat(trace(world, from, to.id(), after)).isEqualTo(Traces.End.SILENT);
      TraceHop shy = after.get(before.size() - 2);
      assertThat(shy.id()).isEqualTo(last);
      assertThat(shy.next()).isNull();
      assertThat(shy.nextHidden()).isTrue();
      assertThat(after.subList(before.size() - 1, after.size())).allMatch(h -> h.id() == null);
      // Who asks over its own link knows of it already.
      List<TraceHop> own = new ArrayList<>();
      assertThat(trace(world, friend, to.id(), own)).isEqualTo(Traces.End.REACHED);
    }
  }

  @Test
  void aNodeAnswersOneAskASecond() {
    SimWorld world = new SimWorld(44);
    try (SimNetwork net = network(world, b -> {})) {
      Node to = net.member(3).node();
      List<CompletableFuture<Traces.End>> ends = new ArrayList<>();
      for (int i = 10; i < 40; i++) {
        ends.add(net.member(i).node().trace(to.id(), h -> {}));
      }
      world.run(Duration.ofSeconds(20));
      assertThat(ends).hasSize(30);
      assertThat(to.stats().get("trace_answered")).isLessThanOrEqualTo(22);
      assertThat(to.stats().get("trace_over_budget")).isPositive();
    }
  }
}
