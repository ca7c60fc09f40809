package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.transport.Address;

class NeedsTest {
  private static final long MS = 1_000_000L;
  private final LinkTable t = new LinkTable(Stand.SELF, 0);
  private int sites;

  private Slot add(NodeId id, String address) {
    FakeLink link = new FakeLink(id, Address.parse(address));
    link.dialled = false;
    link.roundTripNanos = 50 * MS;
    return t.add(link, Records.of(Stand.NET, 1, 1, "10.0.0.1:4242"), 0);
  }

  private Slot add(int first, int last) {
    return add(new NodeId((long) first << 56, 0, 0, last), "30." + sites++ + ".0.1:4242");
  }

  /** Sixteen siblings: prefix 8 and more. */
  private void siblings() {
    for (int i = 1; i <= 16; i++) {
      add(new NodeId((long) i << 48, 0, 0, 1), "20." + i + ".0.1:4242");
    }
  }

  private static FakeLink fake(Slot s) {
    return (FakeLink) s.link;
  }

  private long needed() {
    long n = 0;
    for (int i = 0; i < t.size(); i++) {
      n += t.at(i).needed ? 1 : 0;
    }
    return n;
  }

  @Test
  void neededAreTheSiblingsOneLinkInEachStratumAndAFewMore() {
    siblings();
    for (int i = 0; i < 12; i++) {
      add(0x80 + i, i);
      add(0xc0 + i, i);
    }
    Needs.judge(t, 5);
    assertThat(needed()).isEqualTo(16 + 2 + Needs.EXTRA);
  }

  @Test
  void whateverIsNeededHoldsTheInvariant() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinkTable table = new LinkTable(Stand.SELF, 0);
      for (int i = 0; i < 150; i++) {
        NodeId id =
            new NodeId(
                random.nextLong() >>> random.nextInt(14), random.nextLong(), i, random.nextLong());
        FakeLink link =
            new FakeLink(id, Address.parse("20." + random.nextInt(9) + ".0." + i + ":1"));
        link.dialled = random.nextBoolean();
        link.roundTripNanos = random.nextLong(4) * 30 * MS;
        PeerRecord.Body body = Records.body(1, 1, "10.0.0.1:4242");
        boolean carries = random.nextInt(3) > 0;
        Slot s =
            table.add(link, Records.sign(Stand.NET, 1, carries ? body : Records.leaf(body)), i);
        s.peerSaid = random.nextInt(3);
        s.weSaid = random.nextInt(3);
        s.proven = random.nextInt(3);
      }
      Needs.judge(table, seed);
      int carriers = 0;
      for (int i = 0; i < table.size(); i++) {
        Slot s = table.at(i);
        boolean nearCarrier = s.carries() && carriers++ < LinkTable.NEAR_CARRIERS;
        if (i < LinkTable.SIBLINGS || nearCarrier) {
          assertThat(s.needed).isTrue();
        }
      }
      for (int stratum = 0; stratum < LinkTable.STRATA; stratum++) {
        if (table.count(stratum) > 0) {
          List<Slot> there = needed(table, stratum);
          assertThat(there).as("seed " + seed + ", stratum " + stratum).isNotEmpty();
          boolean any = table.carriers(stratum) > 0;
          assertThat(there.stream().anyMatch(Slot::carries)).isEqualTo(any);
        }
      }
    }
  }

  private static List<Slot> needed(LinkTable table, int stratum) {
    List<Slot> out = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      if (table.at(i).needed && table.at(i).stratum == stratum) {
        out.add(table.at(i));
      }
    }
    return out;
  }

  /** Eight links in one stratum, of which the extra ones are taken by the first four. */
  private List<Slot> stratum() {
    siblings();
    List<Slot> out = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      out.add(add(0x80 + i, i));
    }
    return out;
  }

  private Slot one() {
    Needs.judge(t, 5);
    return needed(t, t.stratum(Stand.id(0x80))).stream()
        .filter(s -> !s.extra)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOneOfAStratumIsOneThatItsPeerNeedsToo() {
    List<Slot> all = stratum();
    all.forEach(s -> s.peerSaid = Slot.SPARE);
    all.get(6).peerSaid = Slot.NEEDED;
    fake(all.get(1)).roundTripNanos = MS;
    all.get(2).proven = 9;
    assertThat(one()).isEqualTo(all.get(6));
  }

  @Test
  void elseItStaysAndElseItIsProvenThenFastThenDialledByUs() {
    List<Slot> all = stratum();
    all.get(4).proven = 1;
    fake(all.get(3)).roundTripNanos = 5 * MS;
    fake(all.get(5)).dialled = true;
    assertThat(one()).isEqualTo(all.get(4));
    all.get(7).weSaid = Slot.NEEDED;
    assertThat(one()).isEqualTo(all.get(7));
    all.get(7).weSaid = Slot.NOTHING;
    all.get(4).proven = 0;
    assertThat(one()).isEqualTo(all.get(3));
    fake(all.get(3)).roundTripNanos = 50 * MS;
    assertThat(one()).isEqualTo(all.get(5));
  }

  @Test
  void aPeerWithVeryManyLinksOrThatIsSilentIsNotTheOne() {
    List<Slot> all = stratum();
    for (Slot s : all.subList(1, 8)) {
      s.tries = 2;
    }
    assertThat(one()).isEqualTo(all.get(0));
    all.forEach(s -> s.tries = 0);
    for (Slot s : all.subList(0, 5)) {
      s.claims = new long[Needs.CROWDED + 1];
    }
    assertThat(one()).isEqualTo(all.get(5));
  }

  @Test
  void noneIsNeededWhereAKeptPeerServesTheStratumAlready() {
    List<Slot> all = stratum();
    all.get(7).kept = true;
    Needs.judge(t, 5);
    assertThat(all).filteredOn(s -> s.needed && !s.extra).containsExactly(all.get(7));
  }

  @Test
  void theFewMoreAreTheProvenTheFastTheOldAndASecretOneAndNoMoreThanTwoOfASubnet() {
    siblings();
    Slot kept = add(0x80, 0);
    kept.kept = true;
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          add(new NodeId((0x90L + i) << 56, 0, 0, 1), i < 4 ? "40.1.0.1:1" : "40." + i + ".0.1:1"));
    }
    all.get(0).proven = 3;
    fake(all.get(1)).roundTripNanos = MS;
    Needs.judge(t, 5);
    assertThat(all).filteredOn(s -> s.extra).hasSize(Needs.EXTRA).contains(all.get(0), all.get(1));
    assertThat(all.subList(0, 4)).filteredOn(s -> s.extra).hasSize(2);
  }
}
