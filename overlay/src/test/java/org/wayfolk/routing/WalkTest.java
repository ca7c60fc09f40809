package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;

/** 60 nodes, each linked to its 6 nearest and to 6 others. */
class WalkTest {
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<NodeId> ids = new ArrayList<>();
  private final Map<NodeId, List<NodeId>> linked = new LinkedHashMap<>();
  private final Set<NodeId> dead = new HashSet<>();

  private final Walk.Links links =
      new Walk.Links() {
        @Override
        public List<NodeId> of(NodeId node) {
          return linked.getOrDefault(node, List.of());
        }

        @Override
        public long[] told(NodeId node) {
          return of(node).stream().mapToLong(NodeId::a).toArray();
        }

        @Override
        public boolean alive(NodeId node) {
          return !dead.contains(node);
        }
      };

  WalkTest() {
    for (int i = 0; i < 60; i++) {
      ids.add(new NodeId(random.nextLong(), random.nextLong(), 0, i));
    }
    for (NodeId id : ids) {
      Comparator<NodeId> nearest = id::compareDistance;
      List<NodeId> others = new ArrayList<>(ids);
      others.remove(id);
      others.sort(nearest);
      List<NodeId> mine = new ArrayList<>(others.subList(0, 6));
      for (int i = 0; i < 6; i++) {
        NodeId more = others.get(6 + random.nextInt(others.size() - 6));
        if (!mine.contains(more)) {
          mine.add(more);
        }
      }
      mine.sort(nearest);
      linked.put(id, mine);
    }
  }

  private NodeId any() {
    return ids.get(random.nextInt(ids.size()));
  }

  /** The decision of one node that was told everything, made without a walk. */
  private NodeId decided(NodeId at, NodeId target, boolean lookahead) {
    LinkTable table = new LinkTable(at, 0);
    LinkTables tables = new LinkTables(table, true);
    for (NodeId peer : linked.getOrDefault(at, List.of())) {
      Slot s = Walk.link(table, peer);
      if (lookahead) {
        tables.told(s, links.told(peer));
      }
    }
    Decision d = new Decision();
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(table, lookahead);
    return d.count() == 0 ? at : table.at(d.index(0)).id;
  }

  @Test
  void eachStepIsWhatADecisionWithAllClaimsSays() {
    for (boolean lookahead : new boolean[] {true, false}) {
      Walk walk = new Walk(links, lookahead);
      int arrived = 0;
      for (int i = 0; i < 500; i++) {
        NodeId from = any();
        NodeId to = any();
        if (from.equals(to)) {
          continue;
        }
        int hops = walk.go(from, to);
        List<NodeId> way = walk.way();
        if (hops < 0 || new HashSet<>(way).size() < way.size()) {
          continue; // it met a dead end and was handed back
        }
        arrived++;
        assertThat(hops).isEqualTo(way.size() - 1);
        assertThat(way.getLast()).isEqualTo(to);
        for (int k = 0; k < way.size() - 1; k++) {
          NodeId next = decided(way.get(k), to, lookahead);
          if (next.equals(way.get(k))) {
            assertThat(k).isZero(); // only a sender with nobody nearer lets it go another way
          } else {
            assertThat(way.get(k + 1)).isEqualTo(next);
          }
        }
      }
      assertThat(arrived).isGreaterThan(300);
    }
  }

  @Test
  void aDeadNeighbourIsPassedOverForTheNext() {
    Walk walk = new Walk(links, true);
    int met = 0;
    for (int i = 0; i < 300; i++) {
      NodeId from = any();
      NodeId to = any();
      NodeId first = decided(from, to, true);
      if (first.equals(to) || first.equals(from)) {
        continue;
      }
      dead.add(first);
      walk.go(from, to);
      dead.clear();
      assertThat(walk.way()).doesNotContain(first);
      met++;
    }
    assertThat(met).isGreaterThan(100);
  }

  @Test
  void aDeadEndIsHandedBackAndAnotherWayFound() {
    NodeId target = new NodeId(0xff00L << 48, 0, 0, 1);
    NodeId end = new NodeId(0xfe00L << 48, 0, 0, 2);
    NodeId other = new NodeId(0xf000L << 48, 0, 0, 3);
    NodeId from = new NodeId(0, 0, 0, 4);
    linked.clear();
    linked.put(from, List.of(other, end));
    linked.put(end, List.of(from));
    linked.put(other, List.of(target));
    Walk walk = new Walk(links, false);
    assertThat(walk.go(from, target)).isEqualTo(4); // to the dead end, back, and two more
    assertThat(walk.way()).containsExactly(from, end, from, other, target);
  }

  @Test
  void whatCannotArriveEnds() {
    NodeId lonely = new NodeId(5, 5, 5, 5);
    assertThat(new Walk(links, true).go(any(), lonely)).isEqualTo(-1);
    assertThat(new Walk(links, true).go(lonely, any())).isEqualTo(-1);
  }
}
