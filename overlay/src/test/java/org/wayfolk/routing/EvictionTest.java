package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;

class EvictionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] PING =
      org.wayfolk.wire.FrameHeader.frame(org.wayfolk.wire.FrameType.PING, new byte[0]);

  @Test
  void noSequenceOfNewcomersBreaksTheInvariant() {
    for (int seed = 0; seed < 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Stand s = new Stand(RoutingSettings.DEFAULT.withMaxInbound(80).withSeenCopies(64));
      List<FakeLink> links = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        NodeId id =
            new NodeId(
                random.nextLong() >>> random.nextInt(12), random.nextLong(), i, random.nextLong());
        FakeLink link = s.up(id, random.nextInt(6) == 0, "10." + random.nextInt(4) + ".0.1:4242");
        links.add(link);
        if (random.nextInt(4) == 0) {
          for (FakeLink l : links) {
            if (!l.isClosed) {
              s.out.frame(l, PING);
            }
          }
          s.out.advance(11 * SECOND);
        }
        check(s, links);
      }
      assertThat(s.routing.table().inbound()).isBetween(60, 80 + Routing.MAX_GRACE);
    }
  }

  /** Whoever was sent away is no sibling, and its stratum has another link. */
  private static void check(Stand s, List<FakeLink> links) {
    LinkTable t = s.routing.table();
    for (FakeLink l : links) {
      if (l.isClosed && l.closed != CloseReason.TIMEOUT && t.byId(l.peer()) == null) {
        assertThat(t.size()).isGreaterThanOrEqualTo(LinkTable.SIBLINGS);
        assertThat(t.nearerThan(l.peer())).isGreaterThanOrEqualTo(LinkTable.SIBLINGS);
        assertThat(t.count(t.stratum(l.peer()))).isPositive();
      }
    }
    links.removeIf(l -> l.isClosed);
  }

  @Test
  void aSiblingIsAlwaysLetInAndThenSomebodyElseGoes() {
    Stand s = new Stand(RoutingSettings.DEFAULT.withMaxInbound(50).withSeenCopies(64));
    for (int i = 0; i < 66; i++) {
      s.up(new NodeId((0xff00L + i) << 48, 0, 0, 1), false, "10.0.0.1:4242");
    }
    s.out.advance(11 * SECOND);
    assertThat(s.routing.table().inbound()).isEqualTo(50);
    FakeLink sibling = s.up(new NodeId(1, 0, 0, 1), false, "10.0.0.1:4242");
    assertThat(sibling.isClosed).isFalse();
    assertThat(s.routing.table().inbound()).isEqualTo(50);
    assertThat(s.counted(Tally.LINK_EVICTED)).isPositive();
  }

  @Test
  void aNewcomerWithoutRoomMayLookAroundBeforeItGoes() {
    Stand s = new Stand(RoutingSettings.DEFAULT.withMaxInbound(20).withSeenCopies(64));
    List<FakeLink> links = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      links.add(s.up(new NodeId((0xff00L + i) << 48, 0, 0, 1), false, "10.0.0.1:4242"));
    }
    FakeLink last = links.getLast();
    assertThat(links).noneMatch(l -> l.isClosed);
    s.out.advance(9 * SECOND);
    assertThat(last.isClosed).isFalse();
    s.out.advance(2 * SECOND);
    assertThat(last.isClosed).isTrue();
    assertThat(last.closed).isEqualTo(CloseReason.FULL);
    assertThat(s.counted(Tally.LINK_NO_ROOM)).isEqualTo(1);
  }

  @Test
  void theYoungestOfTheMostCrowdedSubnetGoes() {
    Stand s = new Stand(RoutingSettings.DEFAULT.withMaxInbound(60).withSeenCopies(64));
    List<FakeLink> crowd = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean crowded = i % 2 == 0;
      String address = crowded ? "20.1.0.1:4242" : 30 + i + ".1.0.1:4242";
      FakeLink l = s.up(new NodeId((0xff00L + i) << 48, 0, 0, 1), false, address);
      if (crowded) {
        crowd.add(l);
      }
    }
    s.up(new NodeId(0xff80L << 48, 0, 0, 1), false, "99.1.0.1:4242");
    assertThat(crowd.getLast().isClosed).isTrue();
    assertThat(crowd.getLast().closed).isEqualTo(CloseReason.EVICTED);
  }

  @Test
  void aNodeThatTakesNobodyInClosesWhoComesAnyway() {
    Stand s = new Stand(RoutingSettings.DEFAULT.withMaxInbound(0).withSeenCopies(64));
    assertThat(s.up(Stand.id(1), false, "10.0.0.1:4242").isClosed).isTrue();
    assertThat(s.up(Stand.id(1), true, "10.0.0.1:4242").isClosed).isFalse();
  }

  @Test
  void aPeerThatCountsUsAsItsSiblingIsNotEvicted() {
    LinkTable t = new LinkTable(Stand.SELF, 0);
    FakeLink near = new FakeLink(new NodeId(0x0f00L << 48, 0, 0, 1));
    FakeLink far = new FakeLink(new NodeId(0xf000L << 48, 0, 0, 1));
    for (int i = 0; i < 16; i++) {
      add(t, new FakeLink(new NodeId((0x0100L + i) << 48, 0, 0, 1)));
    }
    Slot peer = add(t, near);
    assertThat(t.needsUs(peer)).as("it has not said that it is linked to us").isFalse();
    peer.claims = new long[] {Stand.SELF.a(), 0x0f01L << 48};
    assertThat(t.needsUs(peer)).isTrue();
    Slot stranger = add(t, far);
    stranger.claims = new long[] {Stand.SELF.a()};
    assertThat(t.needsUs(stranger)).as("too far to mean it honestly").isFalse();
    peer.claims = new long[17];
    for (int i = 0; i < 17; i++) {
      peer.claims[i] = i == 16 ? Stand.SELF.a() : (0x0f01L + i) << 48;
    }
    assertThat(t.needsUs(peer)).as("it has 16 nearer ones").isFalse();
  }

  private static Slot add(LinkTable t, FakeLink link) {
    return t.add(link, org.wayfolk.peer.Records.of(Stand.NET, 1, 1, "10.0.0.1:4242"), 0);
  }
}
