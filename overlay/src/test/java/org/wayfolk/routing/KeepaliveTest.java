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
