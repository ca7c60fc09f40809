package org.wayfolk.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rates to the last token. */
final class TokenBucketTest {
  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);

  @Test
  void agreesWithExactArithmetic() {
    SplittableRandom dice = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      long burst = 1 + (dice.nextLong(1L << 40) >>> dice.nextInt(40));
      long rate = dice.nextLong(4_000_000_001L) >>> dice.nextInt(32);
      long now = dice.nextLong();
      TokenBucket bucket = new TokenBucket(burst, rate, now);
      BigInteger cap = BigInteger.valueOf(burst).multiply(SECOND);
      BigInteger level = cap;
      for (int i = 0; i < 200; i++) {
        long pass = dice.nextLong(20_000_000_000L) >>> dice.nextInt(34);
        now += pass;
        level = level.add(BigInteger.valueOf(rate).multiply(BigInteger.valueOf(pass))).min(cap);
        long n = 1 + (dice.nextLong(burst) >>> dice.nextInt(20));
        BigInteger wanted = BigInteger.valueOf(n).multiply(SECOND);
        boolean enough = level.compareTo(wanted) >= 0;
        assertThat(bucket.has(n, now)).isEqualTo(enough);
        assertThat(bucket.take(n, now)).isEqualTo(enough);
        if (enough) {
          level = level.subtract(wanted);
        }
        assertThat(bucket.full(now)).isEqualTo(level.compareTo(cap) >= 0);
      }
    }
  }

  @Test
  void aClockThatStandsOrGoesBackGivesNothing() {
    TokenBucket bucket = new TokenBucket(10, 1_000, 5_000_000_000L);
    assertThat(bucket.take(10, 5_000_000_000L)).isTrue();
    assertThat(bucket.has(1, 5_000_000_000L)).isFalse();
    assertThat(bucket.has(1, 1_000_000_000L)).isFalse();
    assertThat(bucket.has(1, 5_001_000_000L)).isTrue();
  }

  @Test
  void aRefusedTakeTakesNothing() {
    TokenBucket bucket = new TokenBucket(10, 0, 0);
    assertThat(bucket.take(11, 0)).isFalse();
    assertThat(bucket.take(10, 0)).isTrue();
    assertThat(bucket.take(1, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void yearsOfSilenceFillItOnceAndOverflowNothing() {
    TokenBucket bucket = new TokenBucket(1L << 40, 4_000_000_000L, 0);
    assertThat(bucket.take(1L << 40, 0)).isTrue();
    assertThat(bucket.full(Long.MAX_VALUE)).isTrue();
    assertThat(bucket.take(1L << 40, Long.MAX_VALUE)).isTrue();
    assertThat(bucket.take(1, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void tokensCannotBeGivenBackByANegativeTake() {
    TokenBucket bucket = new TokenBucket(10, 0, 0);
    assertThatThrownBy(() -> bucket.take(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSenselessBucketIsRefused() {
    assertThatThrownBy(() -> new TokenBucket(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, 4_000_000_001L, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
