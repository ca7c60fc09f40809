package org.wayfolk.messenger.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeldomTest {
  @Test
  void whatHappensAThousandTimesASecondIsSaidOnceAMinuteWithItsCount() {
    Seldom seldom = new Seldom();
    List<Long> said = new ArrayList<>();
    for (long now = -5; now < 2 * Seldom.EVERY_NANOS; now += 1_000_000) {
      seldom.say(now, said::add);
    }
    assertThat(said).containsExactly(1L, 60_000L, 60_000L);
  }
}
