package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;

class DecisionTest {
  private static final NodeId SELF = Stand.id(0);
  private final SplittableRandom random = new SplittableRandom(5);
  private final Decision d = new Decision();

  private NodeId any() {
    return new NodeId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static final PeerRecord RECORD = Records.of(Stand.NET, 1, 1, "10.0.0.1:4242");

  private static final PeerRecord LEAF =
      Records.sign(Stand.NET, 2, Records.leaf(Records.body(2, 1, "10.0.0.1:4242")));

  private static Slot add(LinkTable t, NodeId id) {
    return t.add(new FakeLink(id), RECORD, 0);
  }

  private List<NodeId> ranked(LinkTable t) {
    List<NodeId> out = new ArrayList<>();
    for (int r = 0; r < d.count(); r++) {
      out.add(t.at(d.index(r)).id);
    }
    return out;
  }

  private static PeerRecord of(Cost cost) {
    PeerRecord.Body b = Records.body(3, 1, "10.0.0.1:4242");
    return Records.sign(
        Stand.NET,
        3,
        new PeerRecord.Body(
            b.key(),
            b.sequence(),
            b.expiry(),
            b.sealingKeyHash(),
            cost.bits(),
            b.addresses(),
            b.entries()));
  }

  @Test
  void aCostClassBreaksTiesAndNothingElse() {
    LinkTable t = new LinkTable(SELF, 0);
    NodeId target = Stand.id(0xff);
    Slot near = t.add(new FakeLink(Stand.id(0xfe)), of(Cost.LAST_RESORT), 0);
    Slot middle = t.add(new FakeLink(Stand.id(0xf8)), of(Cost.BATTERY), 0);
    Slot far = t.add(new FakeLink(Stand.id(0xf0)), of(Cost.MAINS), 0);
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(near.id, middle.id, far.id);
    // All three say that they are linked to the target: then the cheapest goes first.
    for (Slot s : List.of(near, middle, far)) {
      t.scored(s, new long[] {target.a()}, new long[0]);
    }
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(far.id, middle.id, near.id);
    // The target itself is before them all, whatever its class.
    Slot itself = t.add(new FakeLink(target), of(Cost.LAST_RESORT), 0);
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(itself.id, far.id, middle.id, near.id);
  }

  @Test
  void rankingIsWhatSortingSays() {
    for (int round = 0; round < 200; round++) {
      LinkTable t = new LinkTable(any(), 0);
      List<NodeId> ids = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        NodeId id = any();
        ids.add(id);
        add(t, id);
      }
      NodeId target = any();
      Comparator<NodeId> nearest = target::compareDistance;
      d.target(target.a(), target.b(), target.c(), target.d());
      d.closer(t, false);
      assertThat(ranked(t))
          .isEqualTo(
              ids.stream()
                  .filter(x -> target.compareDistance(x, t.self) < 0)
                  .sorted(nearest)
                  .limit(Decision.RANKED)
                  .toList());
      d.any(t);
      assertThat(ranked(t))
          .isEqualTo(
              ids.stream()
                  .filter(x -> target.compareDistance(x, t.self) > 0)
                  .sorted(nearest)
                  .limit(Decision.RANKED)
                  .toList());
    }
  }

  @Test
  void lookaheadOrdersNearerNeighboursAndMakesNoneEligible() {
    LinkTable t = new LinkTable(SELF, 0);
    Slot near = add(t, Stand.id(0xf8));
    Slot far = add(t, Stand.id(0xc0));
    Slot behind = add(t, Stand.id(0x01));
    NodeId target = Stand.id(0xf0);
    t.scored(far, new long[] {0xf1L << 56}, new long[0]);
    t.scored(behind, new long[] {0xf0L << 56}, new long[0]);
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(far.id, near.id);
    d.closer(t, false);
    assertThat(ranked(t)).containsExactly(near.id, far.id);
  }

  @Test
  void theTargetComesFirstWhateverOthersClaim() {
    LinkTable t = new LinkTable(SELF, 0);
    NodeId target = Stand.id(0xf0);
    add(t, target);
    t.scored(add(t, Stand.id(0xf8)), new long[] {target.a()}, new long[0]);
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t).getFirst()).isEqualTo(target);
  }

  @Test
  void whoCarriesNothingIsChosenOnlyWhereItIsTheTarget() {
    for (int round = 0; round < 200; round++) {
      LinkTable t = new LinkTable(any(), 0);
      List<NodeId> carry = new ArrayList<>();
      NodeId target = any();
      for (int i = random.nextInt(60); i >= 0; i--) {
        NodeId id = any();
        boolean carries = random.nextBoolean();
        t.add(new FakeLink(id), carries ? RECORD : LEAF, 0);
        if (carries) {
          carry.add(id);
        }
      }
      boolean linked = random.nextBoolean();
      if (linked) {
        t.add(new FakeLink(target), LEAF, 0);
      }
      d.target(target.a(), target.b(), target.c(), target.d());
      d.closer(t, true);
      assertThat(ranked(t)).allMatch(x -> carry.contains(x) || x.equals(target));
      assertThat(linked).isEqualTo(d.count() > 0 && ranked(t).getFirst().equals(target));
      d.any(t);
      assertThat(ranked(t)).allMatch(carry::contains);
    }
  }

  @Test
  void aClaimOfOneThatCarriesNothingCountsOnlyWhereItIsTheTarget() {
    LinkTable t = new LinkTable(SELF, 0);
    NodeId target = Stand.id(0xf0);
    Slot near = add(t, Stand.id(0xf8));
    Slot far = add(t, Stand.id(0xc0));
    t.scored(far, new long[0], new long[] {0xf1L << 56});
    d.target(target.a(), target.b(), target.c(), target.d());
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(near.id, far.id);
    t.scored(far, new long[0], new long[] {target.a()});
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(far.id, near.id);
  }

  @Test
  void whoIsLeftOutIsLeftOut() {
    LinkTable t = new LinkTable(SELF, 0);
    Slot one = add(t, Stand.id(0xf8));
    Slot two = add(t, Stand.id(0xc0));
    d.target(0xf0L << 56, 0, 0, 7);
    d.without(one.handle);
    d.closer(t, true);
    assertThat(ranked(t)).containsExactly(two.id);
  }
}
