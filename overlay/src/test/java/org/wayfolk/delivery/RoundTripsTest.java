package org.wayfolk.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;

class RoundTripsTest {
  private static final long MS = 1_000_000L;
  private static final NodeId PEER = new NodeId(1, 2, 3, 4);
  private final RoundTrips times = new RoundTrips();

  @Test
  void beforeTheFirstSampleItWaitsASecond() {
    assertThat(times.timeout(PEER)).isEqualTo(RoundTrips.INITIAL);
  }

  @Test
  void aSteadyPeerIsWaitedForALittleLongerThanItTakes() {
    for (int i = 0; i < 50; i++) {
      times.sample(PEER, 400 * MS);
    }
    assertThat(times.timeout(PEER)).isBetween(400 * MS, 420 * MS);
  }

  @Test
  void aPeerOfChangingTimesIsWaitedForLongerAndNeverTooLong() {
    for (int i = 0; i < 50; i++) {
      times.sample(PEER, i % 2 == 0 ? 200 * MS : 500 * MS);
    }
    assertThat(times.timeout(PEER)).isGreaterThan(700 * MS);
    times.sample(PEER, 60_000 * MS);
    assertThat(times.timeout(PEER)).isEqualTo(RoundTrips.MOST);
    NodeId near = new NodeId(5, 6, 7, 8);
    times.sample(near, MS);
    assertThat(times.timeout(near)).isEqualTo(RoundTrips.LEAST);
  }

  @Test
  void theFirstSampleCountsWholeAndWithHalfOfItAsItsVariation() {
    times.sample(PEER, 200 * MS);
    assertThat(times.timeout(PEER)).isEqualTo(600 * MS);
  }

  @Test
  void fourTriesAndTheirGapsFitIntoTenSeconds() {
    times.sample(PEER, 60_000 * MS);
    long all = 0;
    for (int tries = 1; tries < Sender.TRIES; tries++) {
      all += times.gap(PEER, tries);
      assertThat(times.gap(PEER, tries)).isLessThan(times.gap(PEER, tries + 1));
    }
    assertThat(all).isLessThan(10_000 * MS);
  }

  @Test
  void peersAreForgottenBeforeTheyAreTooMany() {
    for (int i = 0; i <= RoundTrips.MAX_PEERS; i++) {
      times.sample(new NodeId(9, 9, 9, i), 400 * MS);
    }
    assertThat(times.size()).isEqualTo(RoundTrips.MAX_PEERS);
    assertThat(times.timeout(new NodeId(9, 9, 9, 0))).isEqualTo(RoundTrips.INITIAL);
  }
}
