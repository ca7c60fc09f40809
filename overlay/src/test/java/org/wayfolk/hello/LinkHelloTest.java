package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.World.Ends;
import org.wayfolk.hello.World.NodeSide;
import org.wayfolk.hello.World.Side;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

class LinkHelloTest {
  private static final Network NET = Network.local("demo");
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private final World w = new World(7);
  private final NodeSide a = w.node(1, NET);
  private final NodeSide b = w.node(2, NET);

  /** One refusal at each given end, one reason each, and no link. */
  private void assertRefused(Ends e, NodeSide by, Tally why, CloseReason told) {
    assertThat(by.counted(why)).isEqualTo(1);
    assertThat(by.events(HelloRefused.class)).hasSize(1);
    HelloRefused r = by.events(HelloRefused.class).getFirst();
    assertThat(r.why()).isEqualTo(why);
    assertThat(r.closed()).isEqualTo(told);
    assertThat(r.byPeer()).isFalse();
    assertThat(by.events(Input.LinkUp.class)).isEmpty();
    assertThat(e.dialler().alive()).isFalse();
    assertThat(e.acceptor().alive()).isFalse();
    assertThat(a.hello.size() + b.hello.size()).isZero();
    assertThat(w.pool.outstanding()).isZero();
  }

  private static byte[] ping() {
    return FrameHeader.frame(FrameType.PING, new byte[8]);
  }

  @Test
  void anAdmitLinksThatThrowsRefusesAndLeavesNoConnectionWithoutADeadline() {
    b.admitsThrows = new IllegalStateException("a mistake of the application");
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertRefused(e, b, Tally.HELLO_NOT_ADMITTED, CloseReason.REFUSED);
  }

  @Test
  void threeFramesMakeALinkThatBothEndsKnow() {
    a.own.addresses(List.of(a.address));
    b.wallSkew = 5_000;
    Ends e = w.connect(a, b);
    w.run(SECOND);

    assertThat(e.dialler().wrote).hasSize(2);
    assertThat(e.acceptor().wrote).hasSize(1);
    assertThat(a.hello.proven(e.dialler())).isTrue();
    assertThat(b.hello.proven(e.acceptor())).isTrue();
    Input.LinkUp up = b.events(Input.LinkUp.class).getFirst();
    assertThat(up.link()).isSameAs(e.acceptor());
    assertThat(up.record().id()).isEqualTo(a.identity.id());
    assertThat(up.record().addresses()).containsExactly(a.address);
    assertThat(up.skewMillis())
        .isEqualTo(-5_000 - 20); // 20 ms on the way, as no round trip is known
    assertThat(a.events(Input.LinkUp.class).getFirst().skewMillis()).isEqualTo(5_000 - 20);
    assertThat(a.drops()).isEmpty();
    assertThat(b.drops()).isEmpty();
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void anotherNetworkIsRefusedAtBothEndsWithItsOwnReason() {
    NodeSide stranger = w.node(3, Network.local("other"));
    Ends e = w.connect(a, stranger);
    w.run(SECOND);
    assertRefused(e, a, Tally.HELLO_WRONG_NETWORK, CloseReason.WRONG_NETWORK);
    assertThat(stranger.counted(Tally.HELLO_WRONG_NETWORK)).isEqualTo(1);
    HelloRefused there = stranger.events(HelloRefused.class).getFirst();
    assertThat(there.byPeer()).isTrue();
    assertThat(there.closed()).isEqualTo(CloseReason.WRONG_NETWORK);
    assertThat(stranger.drops()).isEqualTo(Map.of(Tally.HELLO_WRONG_NETWORK, 1L));
  }

  @Test
  void theNetworkIsJudgedBeforeTheWorkSoThatTheReasonIsTheUsefulOne() {
    NodeSide hard = w.node(3, Network.main());
    Ends e = w.connect(hard, a);
    w.run(SECOND);
    assertRefused(e, hard, Tally.HELLO_WRONG_NETWORK, CloseReason.WRONG_NETWORK);
  }

  @Test
  void tooLittleWorkIsRefused() {
    NodeSide hard = w.node(3, NET.withDifficulty(64));
    Ends e = w.connect(a, hard);
    w.run(SECOND);
    assertRefused(e, hard, Tally.HELLO_WORK, CloseReason.REFUSED);
  }

  @Test
  void whoIsNotAdmittedGetsNoLinkAndNoRecord() {
    b.admits = false;
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertRefused(e, b, Tally.HELLO_NOT_ADMITTED, CloseReason.REFUSED);
    assertThat(e.acceptor().wrote).isEmpty();
    assertThat(a.drops()).isEqualTo(Map.of(Tally.HELLO_TURNED_AWAY, 1L));
    assertThat(a.events(HelloRefused.class).getFirst().byPeer()).isTrue();
  }

  @Test
  void ourselvesAreRefused() {
    NodeSide twin = w.node(1, NET);
    Ends e = w.connect(a, twin);
    w.run(SECOND);
    assertRefused(e, a, Tally.HELLO_SELF, CloseReason.REFUSED);
  }

  @Test
  void anotherProtocolIsRefusedSoThatNobodyIsTalkedDown() {
    Ends e = w.connect(a, b);
    e.acceptor().alpn = "nodenet/1";
    w.run(SECOND);
    assertRefused(e, b, Tally.HELLO_WRONG_ALPN, CloseReason.REFUSED);
  }

  @Test
  void endsThatBelieveInDifferentProtocolsDoNotLink() {
    Ends e = w.connect(a, b);
    e.dialler().alpn = "wayfolk/0";
    w.run(SECOND);
    assertRefused(e, a, Tally.HELLO_WRONG_ALPN, CloseReason.REFUSED);
  }

  @Test
  void silenceIsClosedAfterTenSeconds() {
    Ends e = w.connect(a, b);
    e.dialler().mute = true;
    w.run(9 * SECOND);
    assertThat(e.acceptor().alive()).isTrue();
    w.run(2 * SECOND);
    assertRefused(e, a, Tally.HELLO_TIMEOUT, CloseReason.TIMEOUT);
  }

  @Test
  void anAcceptorThatFallsSilentIsClosedToo() {
    Ends e = w.connect(a, b);
    e.acceptor().mute = true;
    w.run(11 * SECOND);
    assertThat(a.counted(Tally.HELLO_TIMEOUT)).isEqualTo(1);
    assertThat(e.acceptor().alive()).isFalse();
  }

  @Test
  void withoutRoomAtTheWorkersThereIsNoLink() {
    b.workFull = true;
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertRefused(e, b, Tally.HELLO_NO_ROOM, CloseReason.FULL);
  }

  @Test
  void withoutRoomInTheOutboxThereIsNoLink() {
    Ends e = w.connect(a, b);
    e.dialler().full = true;
    w.run(SECOND);
    assertRefused(e, a, Tally.HELLO_NO_ROOM, CloseReason.FULL);
  }

  @Test
  void framesThatOvertakeTheCheckAreHeldAndGivenAfterLinkUp() {
    b.slow(100 * MILLI);
    Ends e = w.connect(a, b);
    w.run(1);
    w.at(230 * MILLI, () -> e.dialler().write(ping()));
    w.at(
        231 * MILLI, () -> e.dialler().write(FrameHeader.frame(FrameType.LINK_TABLE, new byte[3])));
    w.run(SECOND);

    assertThat(b.events).hasSize(2);
    assertThat(b.events.get(0)).isInstanceOf(Input.LinkUp.class);
    Held held = (Held) b.events.get(1);
    assertThat(held.link()).isSameAs(e.acceptor());
    assertThat(held.packets().stream().map(p -> (int) p.array()[p.offset() + 1]))
        .containsExactly(FrameType.PING, FrameType.LINK_TABLE);
    held.packets().forEach(Packet::release);
    assertThat(w.pool.outstanding()).isZero();
    assertThat(b.drops()).isEmpty();
  }

  @Test
  void noMoreThanSixteenFramesAreHeld() {
    b.slow(100 * MILLI);
    Ends e = w.connect(a, b);
    for (int i = 0; i < 20; i++) {
      w.at(230 * MILLI, () -> e.dialler().write(ping()));
    }
    w.run(SECOND);
    Held held = b.events(Held.class).getFirst();
    assertThat(held.packets()).hasSize(16);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.HELLO_HELD_LOST, 4L));
    held.packets().forEach(Packet::release);
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void noMoreThanOneFullRecordOfBytesIsHeld() {
    b.slow(100 * MILLI);
    Ends e = w.connect(a, b);
    byte[] large = FrameHeader.frame(FrameType.ROUTE, new byte[30_000]);
    for (int i = 0; i < 3; i++) {
      w.at(230 * MILLI, () -> e.dialler().write(large));
    }
    w.run(SECOND);
    Held held = b.events(Held.class).getFirst();
    assertThat(held.packets()).hasSize(2);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.HELLO_HELD_LOST, 1L));
    held.packets().forEach(Packet::release);
  }

  @Test
  void whatWasHeldIsReleasedIfTheLinkDoesNotComeUp() {
    b.slow(100 * MILLI);
    Ends e = w.connect(a, b);
    w.at(180 * MILLI, () -> e.dialler().write(ping()));
    w.at(200 * MILLI, () -> e.dialler().close(CloseReason.LEAVING));
    w.run(SECOND);
    assertThat(b.events(Input.LinkUp.class)).isEmpty();
    assertThat(b.drops()).isEqualTo(Map.of(Tally.HELLO_HELD_LOST, 1L, Tally.HELLO_TURNED_AWAY, 1L));
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void framesBeforeTheProofAreNotHeldButCounted() {
    Ends e = w.connect(a, b);
    e.dialler().mute = true;
    w.run(100 * MILLI);
    e.dialler().mute = false;
    e.dialler().write(ping());
    w.run(SECOND);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.FRAME_BEFORE_HELLO, 1L));
    assertThat(b.hello.proven(e.acceptor())).isFalse();
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void aFrameOnAConnectionNobodyOpenedIsCounted() {
    Ends e = w.connect(a, b);
    b.receive(e.dialler(), ping());
    b.receive(e.dialler(), new HelloFrame.First(new byte[32]).encode());
    assertThat(b.drops()).isEqualTo(Map.of(Tally.FRAME_BEFORE_HELLO, 2L));
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void aLinkThatGoesDownIsNotProvenAnyMore() {
    Ends e = w.connect(a, b);
    w.run(SECOND);
    e.dialler().close(CloseReason.LEAVING);
    w.run(SECOND);
    assertThat(a.hello.proven(e.dialler())).isFalse();
    assertThat(b.hello.proven(e.acceptor())).isFalse();
    assertThat(b.hello.linkTo(a.identity.id())).isNull();
    assertThat(b.events(HelloRefused.class)).isEmpty();
    assertThat(b.drops()).isEmpty();
  }

  @Test
  void aPeerWhoseClockIsAheadByMoreThanAQuarterOfAnHourIsRefusedWithThatReason() {
    b.wallSkew = 16 * 60_000;
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertRefused(e, a, Tally.RECORD_FUTURE, CloseReason.REFUSED);
    assertThat(a.counted(Tally.HELLO_RECORD_REFUSED)).isEqualTo(1);
  }

  @Test
  void aPeerAtAWiderScopeNeverHearsNarrowAddresses() {
    Address global = Address.parse("8.8.8.8:4242");
    a.own.addresses(
        List.of(Address.parse("127.0.0.1:4242"), Address.parse("192.168.1.2:4242"), global));
    NodeSide far = w.node(9, NET);
    far.address = Address.parse("9.9.9.9:4242");
    NodeSide lan = w.node(10, NET);
    lan.address = Address.parse("192.168.1.77:4242");
    w.connect(a, far);
    w.connect(lan, a);
    w.connect(a, b);
    w.run(SECOND);

    PeerRecord there = far.events(Input.LinkUp.class).getFirst().record();
    PeerRecord near = lan.events(Input.LinkUp.class).getFirst().record();
    PeerRecord here = b.events(Input.LinkUp.class).getFirst().record();
    assertThat(there.addresses()).containsExactly(global);
    assertThat(near.addresses()).containsExactly(Address.parse("192.168.1.2:4242"), global);
    assertThat(here.addresses()).hasSize(3);
    assertThat(here.replaces(near)).isTrue();
    assertThat(near.replaces(there)).isTrue();
  }

  @Test
  void aRecordThatNamesNarrowerAddressesThanItsLinkIsCounted() {
    b.own.addresses(List.of(b.address));
    // Here b is seen at a global address, while b sees us on loopback: a forwarded port.
    b.address = Address.parse("8.8.8.8:4242");
    Side link = w.connect(a, b).dialler();
    w.run(SECOND);
    assertThat(a.hello.proven(link)).isTrue();
    assertThat(a.counted(Tally.RECORD_NARROW)).isEqualTo(1);
    assertThat(
            NET.mayTell(
                a.events(Input.LinkUp.class).getFirst().record(), b.address, a.wallMillis()))
        .isFalse();
  }
}
