package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.routing.Stand.sent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

class TrimTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] SPARE = FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {4});
  private static final byte[] NEEDED = FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {5});
  private static final byte[] PING = FrameHeader.frame(FrameType.PING, new byte[0]);
  private final Stand s = new Stand();
  private final List<FakeLink> near = new ArrayList<>();
  private final List<FakeLink> far = new ArrayList<>();

  /** Sixteen siblings, and so many links of one stratum. */
  private void links(int n) {
    for (int i = 1; i <= 16; i++) {
      near.add(s.up(new NodeId((long) i << 48, 0, 0, 1), true, "20." + i + ".0.1:4242"));
    }
    for (int i = 0; i < n; i++) {
      far.add(s.up(new NodeId((0x8000L + i) << 48, 0, 0, 1), false, "30." + i + ".0.1:4242"));
    }
    forgetRecords();
  }

  /** The stand's records have other ids than its links: they would be siblings that we miss. */
  private void forgetRecords() {
    s.known.all().forEach(r -> s.known.forget(r.id()));
  }

  /** All links that are up say something from time to time. */
  private void pass(long seconds) {
    for (long i = 0; i < seconds; i += 10) {
      for (FakeLink l : near) {
        s.out.frame(l, PING);
      }
      for (FakeLink l : far) {
        if (!l.isClosed) {
          s.out.frame(l, PING);
        }
      }
      s.out.advance(10 * SECOND);
    }
  }

  private static List<byte[]> said(FakeLink link) {
    return sent(link, FrameType.LINK_TABLE).stream().filter(f -> f.length == SPARE.length).toList();
  }

  private static boolean spare(FakeLink link) {
    return !said(link).isEmpty() && said(link).getLast()[SPARE.length - 1] == 4;
  }

  @Test
  void whatWeCanDoWithoutIsSaidOnceAndNothingIsClosedForIt() {
    links(12);
    pass(120);
    assertThat(far).filteredOn(TrimTest::spare).hasSize(12 - 1 - Needs.EXTRA);
    assertThat(far).allMatch(l -> said(l).size() == 1);
    assertThat(near).noneMatch(TrimTest::spare);
    assertThat(s.counted(Tally.LINK_SURPLUS)).isZero();
    assertThat(s.routing.table().size()).isEqualTo(28);
  }

  @Test
  void aLinkThatBothEndsCanDoWithoutIsClosedAndAFewAtATime() {
    links(20);
    pass(120);
    List<FakeLink> spare = far.stream().filter(TrimTest::spare).toList();
    assertThat(spare).hasSize(15);
    spare.subList(0, 12).forEach(l -> s.out.frame(l, SPARE));
    assertThat(s.routing.direct(spare.get(0).peer())).as("nothing new over it").isFalse();
    assertThat(s.routing.direct(spare.get(14).peer())).isTrue();
    assertThat(spare).noneMatch(l -> l.isClosed);
    s.out.advance(7 * SECOND);
    assertThat(s.counted(Tally.LINK_SURPLUS)).isBetween(1L, (long) Trim.DROPS);
    pass(60);
    assertThat(s.counted(Tally.LINK_SURPLUS)).isEqualTo(12);
    assertThat(spare.subList(0, 12)).allMatch(l -> l.closed == CloseReason.SURPLUS);
    assertThat(spare.subList(12, 15)).noneMatch(l -> l.isClosed);
  }

  @Test
  void aLinkThatWeNeedStaysWhateverItsPeerSays() {
    links(1);
    pass(120);
    near.forEach(l -> s.out.frame(l, SPARE));
    s.out.frame(far.getFirst(), SPARE);
    pass(60);
    assertThat(s.counted(Tally.LINK_SURPLUS)).isZero();
    assertThat(s.routing.table().size()).isEqualTo(17);
  }

  @Test
  void whoBecomesNeededAgainIsToldSo() {
    links(7);
    pass(120);
    List<FakeLink> spare = far.stream().filter(TrimTest::spare).toList();
    assertThat(spare).hasSize(2);
    far.stream().filter(l -> !spare.contains(l)).forEach(s::down);
    pass(30);
    assertThat(spare).noneMatch(TrimTest::spare);
    assertThat(said(spare.getFirst())).hasSize(2);
    assertThat(said(spare.getFirst()).getLast()).isEqualTo(NEEDED);
  }

  @Test
  void aKeptPeerIsNeitherSurplusNorListed() {
    links(12);
    NodeId friend = far.get(9).peer();
    s.out.give(new Routing.Keep(Set.of(friend)));
    pass(120);
    far.forEach(l -> s.out.frame(l, SPARE));
    pass(60);
    assertThat(far.get(9).isClosed).isFalse();
    assertThat(far).filteredOn(l -> !l.isClosed).hasSize(1 + Needs.EXTRA);
    FakeLink fresh = s.up(new NodeId(0x4000L << 48, 0, 0, 1));
    byte[] table = sent(fresh, FrameType.LINK_TABLE).getFirst();
    int listed = s.routing.table().size() - 1;
    assertThat(table).hasSize(LinkTables.frame(0, new long[0], new long[listed], null).length);
    s.out.give(new Routing.Keep(Set.of()));
    s.out.advance(10 * SECOND);
    assertThat(sent(near.getFirst(), FrameType.LINK_TABLE).stream().anyMatch(f -> has(f, friend)))
        .isTrue();
  }

  private static boolean has(byte[] frame, NodeId id) {
    for (int i = 0; i + 8 <= frame.length; i++) {
      if (Words.at(frame, i) == id.a()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aStatementThatIsNoneIsCounted() {
    links(1);
    s.out.frame(far.getFirst(), FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {6}));
    assertThat(s.counted(Tally.TABLE_MALFORMED)).isEqualTo(1);
    for (int i = 0; i < 2 * Slot.TABLE_BURST; i++) {
      s.out.frame(far.getFirst(), SPARE);
    }
    assertThat(s.counted(Tally.TABLE_OVER_BUDGET)).isPositive();
  }
}
