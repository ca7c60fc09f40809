package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.peer.Records;
import org.wayfolk.transport.Address;

class OwnRecordTest {
  private static final Network NET = Network.local();
  private static final long NOW = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000L;
  private static final Address LOOPBACK = Address.parse("127.0.0.1:4242");
  private static final Address LAN = Address.parse("192.168.1.2:4242");
  private static final Address OTHER_LAN = Address.parse("10.1.1.2:4242");
  private static final Address GLOBAL = Address.parse("8.8.8.8:4242");
  private static final Address FAR = Address.parse("9.9.9.9:1");
  private static final Address NEAR = Address.parse("192.168.1.9:1");
  private static final Address HERE = Address.parse("127.0.0.9:1");

  private final OwnRecord own = new OwnRecord(Records.identity(1), NET);
  private final RecordCheck check = new RecordCheck(Crypto.best(), NET);

  @Test
  void eachPeerHearsOnlyWhatReachesAsFarAsItStands() {
    own.addresses(List.of(LOOPBACK, LAN, OTHER_LAN, GLOBAL));
    own.entries(
        List.of(
            new PeerRecord.Entry(Records.identity(2).id(), LAN.withPort(2000)),
            new PeerRecord.Entry(Records.identity(3).id(), GLOBAL.withPort(2000))));
    PeerRecord far = own.forPeer(FAR, NOW);
    PeerRecord near = own.forPeer(NEAR, NOW);
    PeerRecord here = own.forPeer(HERE, NOW);
    assertThat(far.addresses()).containsExactly(GLOBAL);
    assertThat(far.entries())
        .extracting(PeerRecord.Entry::id)
        .containsExactly(Records.identity(3).id());
    assertThat(near.addresses()).containsExactly(LAN, GLOBAL);
    assertThat(near.entries()).hasSize(2);
    assertThat(own.forPeer(Address.parse("10.1.200.1:1"), NOW).addresses())
        .containsExactly(OTHER_LAN, GLOBAL);
    assertThat(here.addresses()).containsExactly(LOOPBACK, LAN, OTHER_LAN, GLOBAL);
    for (PeerRecord r : List.of(far, near, here)) {
      assertThat(check.refusal(r, NOW)).isNull();
    }
    assertThat(NET.mayTell(far, FAR, NOW)).isTrue();
    assertThat(NET.mayTell(near, FAR, NOW)).isFalse();
    assertThat(NET.mayTell(here, NEAR, NOW)).isFalse();
  }

  @Test
  void ofOneIssueTheNarrowerVariantWinsAndTheNextIssueBeatsAll() {
    own.addresses(List.of(LOOPBACK, LAN, GLOBAL));
    PeerRecord far = own.forPeer(FAR, NOW);
    PeerRecord near = own.forPeer(NEAR, NOW);
    PeerRecord here = own.forPeer(HERE, NOW);
    assertThat(List.of(far.sequence(), near.sequence(), here.sequence()))
        .containsExactly(NOW, NOW + 1, NOW + 2);
    own.capabilities(PeerRecord.RELAY);
    assertThat(own.forPeer(FAR, NOW).sequence()).isEqualTo(NOW + 3);
    assertThat(own.forPeer(FAR, NOW).capabilities()).isEqualTo(PeerRecord.RELAY);
  }

  @Test
  void nodesWithoutNarrowAddressesHaveOneRecordForAll() {
    own.addresses(List.of(GLOBAL));
    assertThat(own.forPeer(HERE, NOW)).isSameAs(own.forPeer(FAR, NOW));
  }

  @Test
  void whatNobodyMayDialIsNotSaid() {
    own.addresses(
        List.of(
            Address.parse("0.0.0.0:4242"),
            Address.parse("[::]:4242"),
            Address.parse("8.8.8.8:0"),
            GLOBAL,
            GLOBAL));
    assertThat(own.forPeer(HERE, NOW).addresses()).containsExactly(GLOBAL);
    OwnRecord onMain = new OwnRecord(Records.identity(1), Network.main());
    onMain.addresses(List.of(LOOPBACK));
    assertThat(onMain.forPeer(HERE, NOW).addresses()).isEmpty();
  }

  @Test
  void whatIsTooMuchIsLeftOutInsteadOfFailing() {
    List<Address> long6 =
        IntStream.range(0, 6)
            .mapToObj(i -> Address.parse("[2a0a:1111:2222:3333:4444:5555:6666:777" + i + "]:44444"))
            .toList();
    own.addresses(long6);
    own.entries(
        long6.stream().map(a -> new PeerRecord.Entry(Records.identity(2).id(), a)).toList());
    PeerRecord r = own.forPeer(FAR, NOW);
    assertThat(r.bytes()).hasSizeLessThanOrEqualTo(PeerRecord.MAX_BYTES);
    assertThat(r.addresses()).hasSize(PeerRecord.MAX_ADDRESSES);
    assertThat(r.entries()).hasSize(2);
    assertThat(check.refusal(r, NOW)).isNull();
  }

  @Test
  void theSameIsSaidUntilHalfOfItsLifeHasPassed() {
    own.addresses(List.of(GLOBAL));
    PeerRecord first = own.forPeer(FAR, NOW);
    assertThat(own.forPeer(FAR, NOW + HOUR - 1)).isSameAs(first);
    assertThat(own.due(NOW + HOUR)).isTrue();
    assertThat(own.forPeer(FAR, NOW + HOUR).sequence()).isEqualTo(NOW + HOUR);
    assertThat(own.due(NOW + HOUR)).isFalse();
    assertThat(own.restMillis(NOW + HOUR)).isEqualTo(HOUR);
  }

  @Test
  void withoutAddressesItLivesLonger() {
    PeerRecord first = own.forPeer(FAR, NOW);
    assertThat(own.forPeer(FAR, NOW + 14 * 24 * HOUR)).isSameAs(first);
    assertThat(own.due(NOW + 15 * 24 * HOUR)).isTrue();
  }

  @Test
  void anyChangeIssuesANewOneAndTheSameValueDoesNot() {
    own.addresses(List.of(GLOBAL));
    own.forPeer(FAR, NOW);
    own.addresses(List.of(GLOBAL));
    own.capabilities(0);
    own.entries(List.of());
    own.sealingKeyHash(new byte[32]);
    assertThat(own.due(NOW)).isFalse();
    byte[] hash = new byte[32];
    hash[0] = 1;
    own.sealingKeyHash(hash);
    hash[0] = 2;
    assertThat(own.due(NOW)).isTrue();
    assertThat(own.forPeer(FAR, NOW).sealingKeyHash()).startsWith((byte) 1);
    own.addresses(List.of());
    assertThat(own.due(NOW)).isTrue();
  }

  @Test
  void aClockSetBackALittleNeverLowersTheSequence() {
    own.forPeer(FAR, NOW);
    own.capabilities(1);
    assertThat(own.forPeer(FAR, NOW - 600_000).sequence()).isEqualTo(NOW + 3);
  }

  @Test
  void aClockSetBackALotStartsAgainOrEverybodyWouldRefuseUs() {
    own.forPeer(FAR, NOW);
    long then = NOW - 24 * HOUR;
    assertThat(own.due(then)).isTrue();
    PeerRecord again = own.forPeer(FAR, then);
    assertThat(again.sequence()).isEqualTo(then);
    assertThat(own.due(then)).isFalse();
    assertThat(check.refusal(again, then)).isNull();
  }

  @Test
  void aLaterRecordOfOursIsGoneAbove() {
    own.forPeer(FAR, NOW);
    PeerRecord later = Records.of(NET, 1, NOW + 500);
    assertThat(own.seen(later, NOW)).isTrue();
    assertThat(own.forPeer(FAR, NOW).sequence()).isEqualTo(NOW + 501);
    assertThat(own.seen(later, NOW)).isFalse();
  }

  @Test
  void recordsOfOthersOrFromTheFarFutureAreNotFollowed() {
    assertThat(own.seen(Records.of(NET, 2, NOW + 500), NOW)).isFalse();
    assertThat(own.seen(Records.of(NET, 1, NOW + RecordCheck.MAX_AHEAD_MILLIS + 1), NOW)).isFalse();
    assertThat(own.seen(Records.of(NET, 1, Long.MAX_VALUE), NOW)).isFalse();
    assertThat(own.forPeer(FAR, NOW).sequence()).isEqualTo(NOW);
  }
}
