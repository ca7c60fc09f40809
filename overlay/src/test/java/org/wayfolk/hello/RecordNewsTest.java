package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.World.Ends;
import org.wayfolk.hello.World.NodeSide;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

class RecordNewsTest {
  private static final Network NET = Network.local("demo");
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private final World w = new World(7);
  private final NodeSide a = w.node(1, NET);
  private final NodeSide b = w.node(2, NET);

  private Ends linked() {
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertThat(b.hello.proven(e.acceptor())).isTrue();
    return e;
  }

  private static byte[] frame(byte[] record) {
    return FrameHeader.frame(FrameType.RECORD, record);
  }

  private static byte[] frame(PeerRecord record) {
    return frame(record.bytes());
  }

  /** What b last heard of a after its hello. */
  private PeerRecord last() {
    return b.events(RecordChanged.class).getLast().record();
  }

  @Test
  void aChangeIsToldToEveryLinkAndTakenIn() {
    Ends e = linked();
    a.own.addresses(List.of(a.address));
    a.hello.publish(a);
    w.run(SECOND);
    assertThat(b.events(RecordChanged.class)).hasSize(1);
    assertThat(b.events(RecordChanged.class).getFirst().link()).isSameAs(e.acceptor());
    assertThat(last().addresses()).containsExactly(a.address);
    assertThat(a.counted(Tally.RECORD_PUBLISHED)).isEqualTo(1);
    assertThat(a.drops()).isEmpty();
    assertThat(b.drops()).isEmpty();
    assertThat(w.pool.outstanding()).isZero();
  }

  @Test
  void whatALinkHasHeardIsNotToldAgain() {
    linked();
    a.hello.publish(a);
    a.own.capabilities(1);
    a.hello.publish(a);
    w.run(2 * SECOND);
    a.hello.publish(a);
    w.run(2 * SECOND);
    assertThat(a.counted(Tally.RECORD_PUBLISHED)).isEqualTo(1);
    assertThat(b.events(RecordChanged.class)).hasSize(1);
  }

  @Test
  void aChangeThatAnotherHelloIssuedIsStillToldToTheOldLinks() {
    linked();
    a.own.capabilities(1);
    NodeSide c = w.node(3, NET);
    w.connect(a, c);
    w.run(SECOND);
    assertThat(b.events(RecordChanged.class)).isEmpty();
    a.hello.publish(a);
    w.run(SECOND);
    assertThat(last().capabilities()).isEqualTo(1);
    assertThat(c.events(RecordChanged.class)).isEmpty();
  }

  @Test
  void aBurstOfChangesIsToldOnceASecond() {
    linked();
    for (int i = 1; i <= 50; i++) {
      a.own.capabilities(i);
      a.hello.publish(a);
      w.run(20 * MILLI);
    }
    w.run(2 * SECOND);
    assertThat(b.events(RecordChanged.class)).hasSize(2);
    assertThat(last().capabilities()).isEqualTo(50);
  }

  @Test
  void itIsRenewedAtHalfOfItsLifeWithoutBeingAsked() {
    a.own.addresses(List.of(a.address));
    linked();
    for (int i = 0; i < 5; i++) {
      w.run(1_800 * SECOND);
    }
    assertThat(b.events(RecordChanged.class)).hasSize(2);
    assertThat(last().addressesEnd()).isGreaterThan(b.wallMillis() + 3_600_000);
  }

  @Test
  void aLinkWithoutRoomHearsItLater() {
    Ends e = linked();
    a.own.capabilities(1);
    e.dialler().full = true;
    a.hello.publish(a);
    w.run(SECOND / 2);
    e.dialler().full = false;
    w.run(2 * SECOND);
    assertThat(a.drops()).isEqualTo(Map.of(Tally.RECORD_NOT_TOLD, 1L));
    assertThat(last().capabilities()).isEqualTo(1);
  }

  @Test
  void narrowAddressesAreNotToldToAWiderLink() {
    a.own.addresses(List.of(Address.parse("8.8.8.8:4242")));
    b.address = Address.parse("9.9.9.9:4242");
    linked();
    a.own.addresses(List.of(a.address, Address.parse("8.8.8.8:4242")));
    a.hello.publish(a);
    w.run(SECOND);
    assertThat(last().addresses()).containsExactly(Address.parse("8.8.8.8:4242"));
  }

  @Test
  void aLowerSequenceIsRefused() {
    Ends e = linked();
    e.dialler().write(frame(Records.of(NET, 1, a.wallMillis() - 60_000)));
    w.run(SECOND);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_OLDER, 1L));
    assertThat(b.events(RecordChanged.class)).isEmpty();
  }

  @Test
  void twoOverlappingChecksStillEndWithTheLater() {
    Ends e = linked();
    b.slow(100 * MILLI);
    PeerRecord later = Records.of(NET, 1, a.wallMillis() + 10);
    PeerRecord earlier = Records.of(NET, 1, a.wallMillis() + 5);
    e.dialler().write(frame(later));
    e.dialler().write(frame(earlier));
    w.run(SECOND);
    assertThat(b.events(RecordChanged.class))
        .extracting(RecordChanged::record)
        .containsExactly(later);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_OLDER, 1L));
  }

  @Test
  void aRecordOfAThirdNodeIsRefused() {
    Ends e = linked();
    e.dialler().write(frame(Records.of(NET, 3, a.wallMillis())));
    w.run(SECOND);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_OTHER, 1L));
  }

  @Test
  void aForgedRecordIsRefused() {
    Ends e = linked();
    byte[] bytes = Records.of(NET, 1, a.wallMillis() + 10).bytes().clone();
    bytes[60] ^= 1;
    e.dialler().write(frame(bytes));
    w.run(SECOND);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_SIGNATURE, 1L));
    assertThat(b.hello.proven(e.acceptor())).isTrue();
  }

  @Test
  void everyOtherFlawIsCountedUnderItsOwnName() {
    Ends e = linked();
    e.dialler().write(frame(new byte[10]));
    e.dialler().write(frame(new byte[PeerRecord.MAX_BYTES + 1]));
    e.dialler().write(frame(Records.of(NET, 1, a.wallMillis() + 1_000_000)));
    e.dialler().write(frame(Records.of(NET, 1, a.wallMillis() - PeerRecord.LIFE_MILLIS)));
    w.run(SECOND);
    assertThat(b.drops())
        .isEqualTo(
            Map.of(
                Tally.RECORD_MALFORMED, 2L,
                Tally.RECORD_FUTURE, 1L,
                Tally.RECORD_EXPIRED, 1L));
  }

  @Test
  void anotherRecordOfTheSameInstantSettlesOnTheSmallerAndIsCounted() {
    Ends e = linked();
    long t = a.wallMillis() + 10;
    PeerRecord x = Records.of(NET, 1, t, "8.8.8.8:4242");
    PeerRecord y = Records.of(NET, 1, t, "9.9.9.9:4242");
    PeerRecord wins = x.replaces(y) ? x : y;
    e.dialler().write(frame(x.replaces(y) ? y : x));
    e.dialler().write(frame(wins));
    w.run(SECOND);
    assertThat(last()).isEqualTo(wins);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_TWIN, 1L));
  }

  @Test
  void moreRecordsThanTheBudgetAreDropped() {
    Ends e = linked();
    for (int i = 0; i < 20; i++) {
      e.dialler().write(frame(Records.of(NET, 1, a.wallMillis() + 10 + i)));
    }
    w.run(SECOND);
    assertThat(b.events(RecordChanged.class)).hasSize(8);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_TOO_MANY, 12L));
  }

  @Test
  void withoutRoomAtTheWorkersItIsDropped() {
    Ends e = linked();
    b.workFull = true;
    e.dialler().write(frame(Records.of(NET, 1, a.wallMillis() + 10)));
    w.run(SECOND);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.WORK_FULL, 1L));
  }

  @Test
  void beforeTheLinkIsUpARecordIsNothing() {
    Ends e = w.connect(a, b);
    e.dialler().write(frame(Records.of(NET, 1, a.wallMillis())));
    w.run(SECOND / 50 + 1);
    assertThat(b.drops()).isEqualTo(Map.of(Tally.FRAME_BEFORE_HELLO, 1L));
    w.run(SECOND);
    assertThat(b.hello.proven(e.acceptor())).isTrue();
  }

  @Test
  void ourOwnLaterRecordMakesUsGoAboveIt() {
    Ends e = linked();
    PeerRecord forgotten = Records.of(NET, 2, b.wallMillis() + 60_000);
    e.dialler().write(frame(forgotten));
    w.run(SECOND);
    assertThat(a.events(RecordChanged.class)).hasSize(1);
    assertThat(a.events(RecordChanged.class).getFirst().record().sequence())
        .isEqualTo(forgotten.sequence() + 1);
    assertThat(b.drops()).isEmpty();
  }

  @Test
  void aForgedOrEarlierRecordOfOursChangesNothing() {
    Ends e = linked();
    byte[] forged = Records.of(NET, 2, b.wallMillis() + 60_000).bytes().clone();
    forged[60] ^= 1;
    e.dialler().write(frame(forged));
    e.dialler().write(frame(Records.of(NET, 2, b.wallMillis() - 60_000)));
    w.run(SECOND);
    assertThat(a.events(RecordChanged.class)).isEmpty();
    assertThat(b.drops()).isEqualTo(Map.of(Tally.RECORD_SIGNATURE, 1L, Tally.RECORD_OLDER, 1L));
  }

  @Test
  void noTruncationAndNoFlippedByteIsTakenIn() {
    long t = a.wallMillis() + 5_000;
    byte[] good = Records.of(NET, 1, t, "8.8.8.8:4242").bytes();
    Ends e = linked();
    for (int n = 0; n < good.length; n++) {
      e.dialler().write(frame(Arrays.copyOf(good, n)));
      byte[] flipped = good.clone();
      flipped[n] ^= (byte) (1 << n % 8);
      e.dialler().write(frame(flipped));
      w.run(2 * SECOND);
    }
    assertThat(b.events(RecordChanged.class)).isEmpty();
    assertThat(b.drops().values().stream().mapToLong(x -> x).sum()).isEqualTo(2L * good.length);
    assertThat(w.pool.outstanding()).isZero();
  }
}
