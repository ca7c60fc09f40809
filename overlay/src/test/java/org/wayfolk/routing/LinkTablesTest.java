package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.routing.Stand.id;
import static org.wayfolk.routing.Stand.sent;

import org.junit.jupiter.api.Test;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Tally;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

class LinkTablesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long[] NONE = {};
  private final Stand s = new Stand();

  private static long[] words(int... firsts) {
    long[] out = new long[firsts.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = id(firsts[i]).a();
    }
    return out;
  }

  private long[] claims(FakeLink link) {
    Slot slot = s.routing.table().byId(link.peer());
    return slot == null ? NONE : slot.claims;
  }

  private long[] scored(FakeLink link) {
    Slot slot = s.routing.table().byId(link.peer());
    return slot == null ? NONE : slot.scored;
  }

  private long[] ends(FakeLink link) {
    Slot slot = s.routing.table().byId(link.peer());
    return slot == null ? NONE : slot.ends;
  }

  @Test
  void aNewLinkLearnsAllAtOnceAndChangesAreBatched() {
    FakeLink a = s.up(id(0x10));
    s.out.advance(5 * SECOND);
    a.sent.clear();
    FakeLink b = s.up(id(0x20));
    FakeLink c = s.up(id(0x30));
    assertThat(sent(b, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(0, NONE, words(0x10, 0x20), null));
    assertThat(sent(a, FrameType.LINK_TABLE)).isEmpty();
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(1, NONE, words(0x20, 0x30), null));
    a.sent.clear();
    s.down(c);
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(1, words(0x30), NONE, null));
    assertThat(sent(b, FrameType.LINK_TABLE).getLast())
        .isEqualTo(LinkTables.frame(1, words(0x30), NONE, null));
  }

  @Test
  void aLinkThatTookNoChangesGetsTheWholeTableLater() {
    FakeLink a = s.up(id(0x10));
    s.out.advance(5 * SECOND);
    a.sent.clear();
    a.full = true;
    s.up(id(0x20));
    s.out.advance(5 * SECOND);
    a.full = false;
    s.up(id(0x30));
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(0, NONE, words(0x10, 0x20, 0x30), null));
  }

  @Test
  void whatAPeerTellsIsKeptAndOnlyAFewOfALevelCount() {
    FakeLink a = s.up(id(0x10));
    s.out.frame(
        a, LinkTables.frame(0, NONE, words(0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x11), null));
    assertThat(claims(a)).hasSize(7);
    assertThat(scored(a)).containsExactly(words(0x80, 0x81, 0x82, 0x83, 0x11));
    s.out.frame(a, LinkTables.frame(1, words(0x80, 0x81), words(0x12), null));
    assertThat(claims(a)).containsExactly(words(0x82, 0x83, 0x84, 0x85, 0x11, 0x12));
    s.out.frame(a, LinkTables.frame(0, NONE, words(0x12), null));
    assertThat(claims(a)).containsExactly(words(0x12));
  }

  @Test
  void whoCarriesNothingIsMarkedAndItsMarkGoesAndComesWithItsRecord() {
    FakeLink a = s.up(id(0x10));
    s.out.advance(5 * SECOND);
    a.sent.clear();
    FakeLink b = s.up(id(0x20));
    s.carries(b, false);
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(1, NONE, words(0x20), words(0x20)));
    assertThat(sent(b, FrameType.LINK_TABLE).getLast())
        .isEqualTo(LinkTables.frame(0, NONE, words(0x10, 0x20), words(0x20)));
    a.sent.clear();
    s.carries(b, true);
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE))
        .containsExactly(LinkTables.frame(1, NONE, NONE, NONE));
    a.sent.clear();
    s.carries(b, true);
    s.out.advance(5 * SECOND);
    assertThat(sent(a, FrameType.LINK_TABLE)).isEmpty();
  }

  @Test
  void marksThatAreToldAreKeptUntilOthersAreTold() {
    FakeLink a = s.up(id(0x10));
    s.out.frame(a, LinkTables.frame(0, NONE, words(0x80, 0x81, 0x11), words(0x81, 0x77)));
    assertThat(scored(a)).containsExactly(words(0x80, 0x11));
    assertThat(ends(a)).containsExactly(words(0x81));
    s.out.frame(a, LinkTables.frame(1, words(0x80), words(0x12), null));
    assertThat(scored(a)).containsExactly(words(0x11, 0x12));
    assertThat(ends(a)).containsExactly(words(0x81));
    s.out.frame(a, LinkTables.frame(1, NONE, NONE, words(0x12)));
    assertThat(scored(a)).containsExactly(words(0x81, 0x11));
    assertThat(ends(a)).containsExactly(words(0x12));
    s.out.frame(a, LinkTables.frame(0, NONE, words(0x12), null));
    assertThat(scored(a)).containsExactly(words(0x12));
    assertThat(ends(a)).isEmpty();
  }

  @Test
  void noTableIsLongerThanItMayBe() {
    FakeLink a = s.up(id(0x10));
    for (int round = 0; round < 3; round++) {
      long[] many = new long[LinkTables.MAX_CLAIMS];
      for (int i = 0; i < many.length; i++) {
        many[i] = (round * 1_000L + i) << 20;
      }
      s.out.frame(a, LinkTables.frame(1, NONE, many, null));
    }
    assertThat(claims(a)).hasSize(LinkTables.MAX_CLAIMS);
  }

  @Test
  void malformedTablesAndTooManyAreCounted() {
    FakeLink a = s.up(id(0x10));
    byte[] good = LinkTables.frame(0, NONE, words(0x80), null);
    s.out.frame(a, FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {2, 0, 0}));
    s.out.frame(a, FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {0, 0, 0, 0}));
    s.out.frame(a, FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {0, 0, (byte) 129}));
    assertThat(s.counted(Tally.TABLE_MALFORMED)).isEqualTo(3);
    for (int i = 3; i < Slot.TABLE_BURST + 4; i++) {
      s.out.frame(a, good);
    }
    assertThat(s.counted(Tally.TABLE_OVER_BUDGET)).isEqualTo(4);
  }
}
