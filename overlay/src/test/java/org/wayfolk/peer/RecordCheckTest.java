package org.wayfolk.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.RecordCheck.Refusal;
import org.wayfolk.peer.RecordCheck.Verdict;

class RecordCheckTest {
  private static final long NOW = 1_800_000_000_000L;
  private final Network network = Network.local("demo");
  private final RecordCheck check = new RecordCheck(Crypto.best(), network);
  private final PeerRecord good =
      Records.of(network, 1, NOW, "8.8.8.8:4242", "[2001:4860::1]:4242");

  private static PeerRecord.Body life(long sequence, long expiry) {
    PeerRecord.Body b = Records.body(1, sequence);
    return new PeerRecord.Body(
        b.key(), sequence, expiry, b.sealingKeyHash(), 0, List.of(), List.of());
  }

  private Verdict refused(Refusal why) {
    return new Verdict.Refused(why);
  }

  @Test
  void anOwnRecordIsValid() {
    assertThat(check.check(good.bytes().clone(), NOW)).isEqualTo(new Verdict.Valid(good));
    assertThat(good.id()).isEqualTo(Records.identity(1).id());
  }

  @Test
  void everyTruncationIsRefusedAndNothingThrows() {
    for (int n = 0; n < good.bytes().length; n++) {
      assertThat(check.check(Arrays.copyOf(good.bytes(), n), NOW))
          .isInstanceOf(Verdict.Refused.class);
    }
    assertThat(check.check(Arrays.copyOf(good.bytes(), good.bytes().length + 1), NOW))
        .isEqualTo(refused(Refusal.MALFORMED));
    assertThat(check.check(new byte[PeerRecord.MAX_BYTES + 1], NOW))
        .isEqualTo(refused(Refusal.MALFORMED));
  }

  @Test
  void everyFlippedByteIsRefusedAndNothingThrows() {
    for (int i = 0; i < good.bytes().length; i++) {
      for (int bit : new int[] {1, 0x80, 0xff}) {
        byte[] bytes = good.bytes().clone();
        bytes[i] ^= (byte) bit;
        assertThat(check.check(bytes, NOW)).as("byte %d", i).isInstanceOf(Verdict.Refused.class);
      }
    }
  }

  @Test
  void aRecordOfAnotherNetworkIsNotSignedHere() {
    assertThat(check.check(Records.of(Network.local("other"), 1, NOW).bytes(), NOW))
        .isEqualTo(refused(Refusal.SIGNATURE));
  }

  @Test
  void issuedMoreThanFifteenMinutesAheadIsRefused() {
    assertThat(check.refusal(Records.of(network, 1, NOW + RecordCheck.MAX_AHEAD_MILLIS), NOW))
        .isNull();
    assertThat(check.refusal(Records.of(network, 1, NOW + RecordCheck.MAX_AHEAD_MILLIS + 1), NOW))
        .isEqualTo(Refusal.FUTURE);
    assertThat(check.refusal(Records.sign(network, 1, life(Long.MAX_VALUE, Long.MIN_VALUE)), NOW))
        .isEqualTo(Refusal.FUTURE);
  }

  @Test
  void pastItsExpiryItIsRefused() {
    assertThat(check.refusal(good, good.expiry() - 1)).isNull();
    assertThat(check.refusal(good, good.expiry())).isEqualTo(Refusal.EXPIRED);
    assertThat(check.refusal(Records.sign(network, 1, life(NOW + 5, NOW + 5)), NOW))
        .isEqualTo(Refusal.EXPIRED);
    assertThat(check.refusal(Records.sign(network, 1, life(Long.MIN_VALUE, Long.MAX_VALUE)), NOW))
        .isEqualTo(Refusal.EXPIRED);
  }

  @Test
  void nobodyLivesLongerThanThirtyDays() {
    long end = NOW + PeerRecord.LIFE_MILLIS;
    assertThat(check.refusal(Records.sign(network, 1, life(NOW, end)), NOW)).isNull();
    assertThat(check.refusal(Records.sign(network, 1, life(NOW, end + 1)), NOW))
        .isEqualTo(Refusal.TOO_LONG_LIVED);
    assertThat(check.refusal(Records.sign(network, 1, life(0, Long.MAX_VALUE)), NOW))
        .isEqualTo(Refusal.TOO_LONG_LIVED);
  }

  @Test
  void tooLittleWorkIsRefusedBeforeTheSignature() {
    Network hard = network.withDifficulty(64);
    assertThat(new RecordCheck(Crypto.best(), hard).cheapRefusal(good, NOW))
        .isEqualTo(Refusal.WORK);
  }

  @Test
  void nobodySignsARecordOfAnotherKey() {
    assertThatThrownBy(() -> check.sign(Records.identity(2), Records.body(1, NOW)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesEndTwoHoursAfterTheirIssueOrWithTheRecord() {
    assertThat(good.addressesEnd()).isEqualTo(NOW + 2 * 3_600_000);
    assertThat(Records.sign(network, 1, life(NOW, NOW + 5)).addressesEnd()).isEqualTo(NOW + 5);
    assertThat(Records.sign(network, 1, life(Long.MAX_VALUE, 7)).addressesEnd()).isEqualTo(7);
  }

  @Test
  void ofTwoRecordsTheLaterReplacesAndOfTwinsTheSmaller() {
    PeerRecord later = Records.of(network, 1, NOW + 1);
    assertThat(later.replaces(good)).isTrue();
    assertThat(good.replaces(later)).isFalse();
    PeerRecord twin = Records.of(network, 1, NOW, "8.8.4.4:4242");
    assertThat(twin.replaces(good)).isNotEqualTo(good.replaces(twin));
    assertThat(good.replaces(good)).isFalse();
  }
}
