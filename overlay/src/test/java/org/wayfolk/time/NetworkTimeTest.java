package org.wayfolk.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What clocks of others may do to ours, and what they may not. */
final class NetworkTimeTest {
  private static final long WALL = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;

  private final NetworkTime time = new NetworkTime();

  private void vote(long link, long subnet, long skewMillis) {
    time.vote(link, subnet, skewMillis, WALL, 0);
  }

  private Skew skew() {
    return time.skew(WALL, 0);
  }

  @Test
  void aNetworkTooSmallForVotesCorrectsNothingButIsHeard() {
    for (int i = 1; i < NetworkTime.MIN_VOTES; i++) {
      vote(i, i, 20 * MINUTE);
    }
    assertThat(skew()).isEqualTo(new Skew(20 * MINUTE, 4, 0));
    assertThat(skew().alarming()).isTrue();
  }

  @Test
  void fiveSubnetsCorrectByTheirMedian() {
    long[] said = {4 * MINUTE, 5 * MINUTE, 5 * MINUTE + 40, 6 * MINUTE, -3_000_000};
    for (int i = 0; i < said.length; i++) {
      vote(i, i, said[i]);
    }
    assertThat(skew()).isEqualTo(new Skew(5 * MINUTE, 5, 5 * MINUTE));
    assertThat(skew().alarming()).isFalse();
  }

  @Test
  void aCorrectionIsTenMinutesAtMostEitherWay() {
    for (int i = 0; i < 7; i++) {
      vote(i, i, 20 * MINUTE);
    }
    assertThat(time.correction(WALL, 0)).isEqualTo(10 * MINUTE);
    for (int i = 0; i < 7; i++) {
      vote(i, i, -20 * MINUTE);
    }
    assertThat(time.correction(WALL, 0)).isEqualTo(-10 * MINUTE);
    assertThat(skew().millis()).isEqualTo(-20 * MINUTE);
  }

  @Test
  void aMajorityOfLiarsInOneSubnetHasOneVote() {
    for (int i = 0; i < 5; i++) {
      vote(i, i, 1_000 + i);
    }
    for (int i = 0; i < 200; i++) {
      vote(100 + i, 77, 9 * MINUTE);
    }
    assertThat(skew().votes()).isEqualTo(6);
    assertThat(skew().correctionMillis()).isBetween(1_000L, 1_005L);
  }

  @Test
  void wordsAtTheEndsOfALongOverflowNothing() {
    long far = 1L << 62;
    SplittableRandom dice = new SplittableRandom(5);
    for (int i = 0; i < 60; i++) {
      vote(i, i % 12, dice.nextBoolean() ? far : -far);
      assertThat(Math.abs(time.correction(WALL, 0))).isLessThanOrEqualTo(10 * MINUTE);
    }
  }

  @Test
  void aVoteGoesTenMinutesAfterItsLink() {
    for (int i = 0; i < 5; i++) {
      vote(i, i, 5 * MINUTE);
    }
    time.ended(0, 0);
    long later = NetworkTime.AFTERWARDS_NANOS;
    assertThat(time.skew(WALL + later / 1_000_000 - 1, later - 1_000_000).votes()).isEqualTo(5);
    assertThat(time.skew(WALL + later / 1_000_000, later)).isEqualTo(new Skew(5 * MINUTE, 4, 0));
  }

  @Test
  void aClockThatWasSetForgetsWhatWasMeasuredBefore() {
    for (int i = 0; i < 5; i++) {
      vote(i, i, 5 * MINUTE);
    }
    // A minute passes, and nothing else: still so.
    assertThat(time.skew(WALL + MINUTE, MINUTE * 1_000_000).votes()).isEqualTo(5);
    // Its user sets it right.
    long wall = WALL + 6 * MINUTE;
    assertThat(time.skew(wall, MINUTE * 1_000_000)).isEqualTo(Skew.UNKNOWN);
    time.vote(9, 9, 0, wall, MINUTE * 1_000_000);
    assertThat(time.skew(wall, MINUTE * 1_000_000).votes()).isEqualTo(1);
  }

  @Test
  void samplesAreBoundedTheOldestOut() {
    for (int i = 0; i < 3 * NetworkTime.MAX_SAMPLES; i++) {
      vote(i, i, i);
    }
    assertThat(skew().votes()).isEqualTo(NetworkTime.MAX_SAMPLES);
  }
}
