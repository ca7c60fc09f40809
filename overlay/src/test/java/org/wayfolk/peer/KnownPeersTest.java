package org.wayfolk.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers.Put;
import org.wayfolk.transport.Address;

class KnownPeersTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Network NET = Network.local();
  private final NodeId self = Records.identity(9_999).id();

  private static PeerRecord record(int n, long sequence, String... addresses) {
    return Records.of(NET, n, sequence, addresses);
  }

  private static List<Integer> shuffled(int n, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  @Test
  void aLaterRecordReplacesAndAnEarlierDoesNot() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord first = record(1, NOW);
    PeerRecord later = record(1, NOW + 1);
    assertThat(known.put(first)).isEqualTo(Put.ADDED);
    assertThat(known.put(first)).isEqualTo(Put.SAME);
    assertThat(known.put(later)).isEqualTo(Put.REPLACED);
    assertThat(known.put(first)).isEqualTo(Put.OLDER);
    assertThat(known.get(first.id())).isEqualTo(later);
    assertThat(known.size()).isEqualTo(1);
  }

  @Test
  void aRecordOfOurselvesIsNotKept() {
    KnownPeers known = new KnownPeers(Records.identity(1).id());
    assertThat(known.put(record(1, NOW))).isEqualTo(Put.SELF);
    assertThat(known.size()).isZero();
  }

  @Test
  void iterationDoesNotDependOnTheOrderOfArrival() {
    List<List<PeerRecord>> all = new ArrayList<>();
    List<List<PeerCache.Hint>> samples = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      KnownPeers known = new KnownPeers(self);
      shuffled(50, seed).forEach(i -> known.put(record(i, NOW, "8." + i % 7 + ".1.1:4242")));
      all.add(known.all());
      samples.add(known.sample());
    }
    assertThat(all.get(1)).isEqualTo(all.get(0)).isEqualTo(all.get(2));
    assertThat(samples.get(1)).isEqualTo(samples.get(0)).isEqualTo(samples.get(2));
  }

  @Test
  void nearestComesSortedAndFiltered() {
    KnownPeers known = new KnownPeers(self);
    List<PeerRecord> put = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      PeerRecord r = record(i, NOW);
      known.put(r);
      put.add(r);
    }
    NodeId target = Records.identity(777).id();
    NodeId not = known.nearest(target, 1, r -> true).getFirst().id();
    put.removeIf(r -> r.id().equals(not));
    put.sort((x, y) -> target.compareDistance(x.id(), y.id()));
    assertThat(known.nearest(target, 20, r -> !r.id().equals(not))).isEqualTo(put.subList(0, 20));
    assertThat(known.nearest(target, 0, r -> true)).isEmpty();
    assertThat(known.nearest(target, 500, r -> true)).hasSize(100);
  }

  @Test
  void aFloodOfHearsayNeverPushesOutAProvenPeer() {
    KnownPeers known = new KnownPeers(self, 20);
    for (int i = 0; i < 10; i++) {
      PeerRecord r = record(i, NOW, "8.8.1.1:4242");
      known.put(r);
      known.proven(r.id(), r.addresses().getFirst(), NOW);
    }
    for (int i = 100; i < 300; i++) {
      known.put(record(i, NOW + i, (1 + i % 200) + ".8.1.1:4242"));
    }
    assertThat(known.size()).isEqualTo(20);
    for (int i = 0; i < 10; i++) {
      assertThat(known.isProven(Records.identity(i).id())).isTrue();
    }
  }

  @Test
  void aFloodFromOneSubnetPushesOutItsOwn() {
    KnownPeers known = new KnownPeers(self, 20);
    for (int i = 0; i < 10; i++) {
      known.put(record(i, NOW, (20 + i) + ".8.1.1:4242"));
    }
    for (int i = 100; i < 300; i++) {
      known.put(record(i, NOW + i, "8.8.1." + i % 200 + ":4242"));
    }
    assertThat(known.size()).isEqualTo(20);
    for (int i = 0; i < 10; i++) {
      assertThat(known.get(Records.identity(i).id())).as("peer %d", i).isNotNull();
    }
  }

  @Test
  void aTableFullOfProvenPeersTakesNoMore() {
    KnownPeers known = new KnownPeers(self, 3);
    for (int i = 0; i < 3; i++) {
      PeerRecord r = record(i, NOW, "8.8.1.1:4242");
      known.put(r);
      known.proven(r.id(), r.addresses().getFirst(), NOW);
    }
    assertThat(known.put(record(4, NOW + 9, "9.9.9.9:4242"))).isEqualTo(Put.FULL);
    known.forget(Records.identity(0).id());
    assertThat(known.put(record(4, NOW + 9, "9.9.9.9:4242"))).isEqualTo(Put.ADDED);
  }

  @Test
  void theProvenAddressIsTriedFirstAndEndedOnesStayHints() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord r = record(1, NOW, "8.8.8.8:4242", "9.9.9.9:4242");
    known.put(r);
    Address used = Address.parse("7.7.7.7:1111");
    assertThat(known.hints(r.id())).isEqualTo(r.addresses());
    known.proven(r.id(), used, NOW);
    known.expire(r.addressesEnd() + 1);
    assertThat(known.hints(r.id()))
        .containsExactly(used, r.addresses().get(0), r.addresses().get(1));
    known.put(record(1, NOW + 1));
    assertThat(known.hints(r.id())).containsExactly(used);
    assertThat(known.hints(Records.identity(2).id())).isEmpty();
  }

  @Test
  void aWhollyExpiredRecordIsForgotten() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord r = record(1, NOW, "8.8.8.8:4242");
    known.put(r);
    known.expire(r.expiry() - 1);
    assertThat(known.size()).isEqualTo(1);
    known.expire(r.expiry());
    assertThat(known.size()).isZero();
  }

  @Test
  void theSampleIsDiverseBoundedAndSkipsWhoCannotBeDialled() {
    KnownPeers known = new KnownPeers(self);
    for (int i = 0; i < 200; i++) {
      known.put(record(i, NOW + i, "8.8.1." + i % 250 + ":4242"));
    }
    for (int i = 200; i < 230; i++) {
      known.put(record(i, NOW, (i - 150) + ".1.1.1:4242"));
    }
    known.put(record(300, NOW));
    List<PeerCache.Hint> sample = known.sample();
    assertThat(sample).hasSize(KnownPeers.CACHED);
    assertThat(sample.stream().map(h -> h.record().addresses().getFirst().subnet()).distinct())
        .hasSize(31);
    assertThat(
            sample.stream()
                .filter(h ->
                    h.record().addresses().getFirst().subnet()
                        == Address.parse("8.8.1.1:1").subnet()))
        .hasSize(34)
        .first()
        .satisfies(h -> assertThat(h.record().sequence()).isEqualTo(NOW + 199));
  }

  @Test
  void whoseAddressWeProvedComesFirstIntoTheSampleCountedWhereWeFoundIt() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord silent = record(1, NOW);
    known.put(silent);
    known.put(record(2, NOW + 5, "8.8.8.8:4242"));
    Address used = Address.parse("8.8.1.1:4242");
    known.proven(silent.id(), used, NOW);
    assertThat(known.sample().getFirst()).isEqualTo(new PeerCache.Hint(silent, used));
    assertThat(known.sample()).hasSize(2);
  }

  @Test
  void onlyWhatTheLinkWarrantsIsDialledUntilSomebodyNearerConfirmsIt() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord r = record(1, NOW, "192.168.1.2:4242", "8.8.8.8:4242");
    known.put(r, NET.usable(r, Address.parse("9.9.9.9:1")));
    assertThat(known.hints(r.id())).containsExactly(Address.parse("8.8.8.8:4242"));
    assertThat(known.put(r, NET.usable(r, Address.parse("192.168.1.7:1")))).isEqualTo(Put.SAME);
    assertThat(known.hints(r.id())).isEqualTo(r.addresses());
    assertThat(known.put(r, List.of())).isEqualTo(Put.SAME);
    assertThat(known.hints(r.id())).isEqualTo(r.addresses());
  }

  @Test
  void aPeerOfWhomNoAddressIsUsableIsNotKeptOnDisk() {
    KnownPeers known = new KnownPeers(self);
    PeerRecord r = record(1, NOW, "127.0.0.1:4242");
    known.put(r, NET.usable(r, Address.parse("9.9.9.9:1")));
    assertThat(known.hints(r.id())).isEmpty();
    assertThat(known.sample()).isEmpty();
  }
}
