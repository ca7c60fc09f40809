package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.routing.Stand.id;
import static org.wayfolk.routing.Stand.sent;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Writer;

class KeepaliveTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] PING = FrameHeader.frame(FrameType.PING, new byte[0]);
  private final Stand s = new Stand();

  private static byte[] pong(String address) {
    Writer w = new Writer(64);
    Address.parse(address).write(w);
    return FrameHeader.frame(FrameType.PONG, w.toBytes());
  }

  @Test
  void aSilentSiblingIsDeadWithinThirtySeconds() {
    FakeLink a = s.up(id(0x10));
    s.out.advance(22 * SECOND);
    assertThat(sent(a, FrameType.PING)).isEmpty();
    s.out.advance(8 * SECOND);
    assertThat(sent(a, FrameType.PING)).hasSize(3);
    assertThat(a.isClosed).isTrue();
    assertThat(a.closed).isEqualTo(CloseReason.TIMEOUT);
    assertThat(s.routing.direct(id(0x10))).isFalse();
    assertThat(s.counted(Tally.LINK_SILENT)).isEqualTo(1);
  }

  @Test
  void anyFrameIsASignOfLife() {
    FakeLink a = s.up(id(0x10));
    for (int i = 0; i < 20; i++) {
      s.out.advance(20 * SECOND);
      s.out.frame(a, PING);
    }
    assertThat(sent(a, FrameType.PING)).isEmpty();
    assertThat(a.isClosed).isFalse();
  }

  @Test
  void anAnsweredPingKeepsTheLinkAndTellsWhereWeAreSeen() {
    FakeLink a = s.up(id(0x10));
    for (int i = 0; i < 300; i++) {
      int before = sent(a, FrameType.PING).size();
      s.out.advance(SECOND);
      if (sent(a, FrameType.PING).size() > before) {
        s.out.frame(a, pong("192.0.2.7:443"));
      }
    }
    assertThat(a.isClosed).isFalse();
    assertThat(sent(a, FrameType.PING)).hasSizeBetween(11, 15);
    Slot slot = s.routing.table().byId(id(0x10));
    assertThat(slot == null ? null : slot.observed).isEqualTo(Address.parse("192.0.2.7:443"));
  }

  @Test
  void linksBeyondTheSiblingsArePingedHalfAsOften() {
    List<FakeLink> near = new ArrayList<>();
    for (int i = 0; i < LinkTable.SIBLINGS; i++) {
      near.add(s.up(id(1 + i)));
    }
    FakeLink far = s.up(id(0xf0));
    s.out.advance(40 * SECOND);
    assertThat(sent(far, FrameType.PING)).isEmpty();
    assertThat(near).allMatch(l -> l.isClosed);
  }

  @Test
  void theAcceptorWaitsForTheDialler() {
    FakeLink a = s.up(id(0x10), false, "10.0.0.2:4242");
    s.out.advance(60 * SECOND);
    assertThat(sent(a, FrameType.PING)).isEmpty();
    s.out.advance(20 * SECOND);
    assertThat(a.isClosed).isTrue();
  }

  /** Answers every ping of these links for so many seconds. */
  private void live(int seconds, List<FakeLink> links) {
    int[] answered = new int[links.size()];
    for (int i = 0; i < links.size(); i++) {
      answered[i] = sent(links.get(i), FrameType.PING).size();
    }
    for (int t = 0; t < seconds; t++) {
      s.out.advance(SECOND);
      for (int i = 0; i < answered.length; i++) {
        int pings = sent(links.get(i), FrameType.PING).size();
        if (pings > answered[i]) {
          answered[i] = pings;
          s.out.frame(links.get(i), pong("192.0.2.7:443"));
        }
      }
    }
  }

  private List<FakeLink> siblings() {
    List<FakeLink> near = new ArrayList<>();
    for (int i = 0; i < LinkTable.SIBLINGS; i++) {
      near.add(s.up(id(1 + i)));
    }
    return near;
  }

  @Test
  void whatLivedThroughASilenceIsAskedLessOftenUpToItsBound() {
    List<FakeLink> all = siblings();
    FakeLink far = s.up(id(0xf0));
    all.add(far);
    live(900, all);
    int nearBefore = sent(all.getFirst(), FrameType.PING).size();
    int farBefore = sent(far, FrameType.PING).size();
    live(3_600, all);
    assertThat(all).noneMatch(l -> l.isClosed);
    // A hundred seconds and a minute, up to a tenth earlier.
    assertThat(sent(all.getFirst(), FrameType.PING).size() - nearBefore).isBetween(35, 41);
    assertThat(sent(far, FrameType.PING).size() - farBefore).isBetween(59, 68);
  }

  @Test
  void withFewNodesNobodyElseLooksAndIntervalsStayShort() {
    List<FakeLink> two = List.of(s.up(id(0x10)), s.up(id(0x20)));
    live(1_800, two);
    int before = sent(two.getFirst(), FrameType.PING).size();
    live(1_000, two);
    assertThat(sent(two.getFirst(), FrameType.PING).size() - before).isBetween(38, 46);
  }

  @Test
  void aNeighbourThatLostSomebodyMakesUsLookAtOnceAndOnlyOnceInAWhile() {
    List<FakeLink> all = siblings();
    live(1_800, all);
    FakeLink dead = all.get(3);
    FakeLink teller = all.get(4);
    live(7, all.subList(4, 16));
    int before = sent(dead, FrameType.PING).size();
    byte[] gone = LinkTables.frame(1, new long[] {id(4).a()}, new long[0], null);
    s.out.frame(teller, gone);
    assertThat(sent(dead, FrameType.PING)).hasSize(before + 1);
    s.out.frame(dead, PING);
    for (int i = 0; i < 10; i++) {
      live(1, all);
      s.out.frame(teller, gone);
    }
    assertThat(sent(dead, FrameType.PING)).hasSizeLessThanOrEqualTo(before + 2);
    assertThat(dead.isClosed).isFalse();
    live(20, all);
    s.out.frame(teller, gone);
    live(5, all.subList(4, 16));
    assertThat(dead.isClosed).isTrue();
  }

  @Test
  void aPathThatWasForgottenWhileItsPeerLivedShortensAllSilencesForHours() {
    List<FakeLink> all = siblings();
    live(1_800, all);
    FakeLink dead = all.getFirst();
    // Nothing comes of it any more, until it is given up.
    live(120, all.subList(1, 16));
    assertThat(dead.isClosed).isTrue();
    FakeLink again = s.up(id(1));
    assertThat(s.counted(Tally.KEEPALIVE_SHORTENED)).isEqualTo(1);
    all.set(0, again);
    live(200, all);
    int before = sent(all.get(5), FrameType.PING).size();
    live(1_000, all);
    // Two thirds of a hundred seconds at the most.
    assertThat(sent(all.get(5), FrameType.PING).size() - before).isBetween(14, 20);
    // What was found holds for some hours, not for ever.
    live(4 * 3_600, all);
    before = sent(all.get(5), FrameType.PING).size();
    live(1_000, all);
    assertThat(sent(all.get(5), FrameType.PING).size() - before).isBetween(9, 12);
  }

  @Test
  void aPeerThatWasStartedAnewSaysNothingOfThePath() {
    List<FakeLink> all = siblings();
    live(1_800, all);
    live(120, all.subList(1, 16));
    FakeLink again = new FakeLink(id(1), Address.parse("10.0.0.1:4242"));
    again.peerSpki = new byte[] {9};
    s.up(again);
    assertThat(s.counted(Tally.KEEPALIVE_SHORTENED)).isZero();
  }

  @Test
  void aPingIsAnsweredWithTheAddressItCameFrom() {
    FakeLink a = s.up(id(0x10), true, "192.0.2.7:443");
    s.out.frame(a, PING);
    assertThat(sent(a, FrameType.PONG).getFirst()).isEqualTo(pong("192.0.2.7:443"));
  }

  @Test
  void aPongThatNobodyAskedForIsCountedAndTellsNothing() {
    FakeLink a = s.up(id(0x10));
    s.out.frame(a, pong("192.0.2.7:443"));
    assertThat(s.counted(Tally.PONG_UNASKED)).isEqualTo(1);
    Slot slot = s.routing.table().byId(id(0x10));
    assertThat(slot == null ? this : slot.observed).isNull();
  }

  @Test
  void whoSaysLeaveIsGoneAtOnce() {
    FakeLink a = s.up(id(0x10));
    s.out.events.clear();
    s.out.frame(a, FrameHeader.frame(FrameType.LEAVE, new byte[0]));
    assertThat(a.isClosed).isTrue();
    assertThat(s.routing.direct(id(0x10))).isFalse();
    assertThat(s.out.events).containsExactly(new Routing.Isolated());
    s.down(a);
    assertThat(s.out.events).hasSize(1);
  }

  @Test
  void leavingTellsAllAndTakesNobodyInUntilTheNextJoin() {
    FakeLink a = s.up(id(0x10));
    FakeLink b = s.up(id(0x20));
    s.out.give(new Routing.Leave());
    assertThat(sent(a, FrameType.LEAVE)).hasSize(1);
    assertThat(sent(b, FrameType.LEAVE)).hasSize(1);
    assertThat(s.routing.neighbors(s.out)).isEmpty();
    assertThat(s.up(id(0x30)).isClosed).isTrue();
    s.out.give(new Routing.Join(List.of()));
    assertThat(s.up(id(0x40)).isClosed).isFalse();
  }

  @Test
  void aNewerLinkToTheSamePeerReplacesTheOlder() {
    FakeLink old = s.up(id(0x10));
    FakeLink fresh = s.up(id(0x10));
    assertThat(s.routing.linkTo(id(0x10))).isSameAs(fresh);
    s.down(old);
    assertThat(s.routing.linkTo(id(0x10))).isSameAs(fresh);
    assertThat(s.counted(Tally.LINK_REPLACED)).isEqualTo(1);
    // A frame that was still under way on the old one is carried all the same.
    FakeLink near = s.up(id(0xf8));
    s.out.frame(old, s.route(id(0xf0), 9));
    assertThat(sent(near, FrameType.ROUTE)).hasSize(1);
    // Only what is the link's own business dies with it.
    s.out.frame(old, FrameHeader.frame(FrameType.LEAVE, new byte[0]));
    assertThat(s.counted(Tally.FRAME_OF_OLD_LINK)).isEqualTo(1);
  }
}
