package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wayfolk.messenger.ratchet.SmallWorlds.Met;
import org.wayfolk.messenger.ratchet.SmallWorlds.Plan;
import org.wayfolk.wire.Malformed;

/**
 * All small worlds; what holds in each is asserted by {@link SmallWorlds} at every step: what opens
 * was sent, and opens once; without a rollback nothing new is ever refused. The counts here say
 * that something was explored at all.
 */
class SmallWorldsTest {

  @Test
  void withoutRollbackEveryMessageOpensExactlyOnceInAnyOrder() throws Malformed {
    Met met = SmallWorlds.explore(new Plan(3, false, false, false));
    assertThat(met.worlds).isGreaterThan(1000);
    assertThat(met.refused).isZero();
    assertThat(met.reuses).isZero();
  }

  @Test
  void refreshesNeverPartTheTwoSides() throws Malformed {
    Met met = SmallWorlds.explore(new Plan(4, true, false, false));
    assertThat(met.mixed).isGreaterThan(100);
    assertThat(met.refused).isZero();
    assertThat(met.reuses).isZero();
  }

  @Test
  void aStateThatGoesBackNeverRepeatsANonceAndNeverOpensWhatWasNotSent() throws Malformed {
    Met met = SmallWorlds.explore(new Plan(2, true, true, false));
    assertThat(met.worlds).isGreaterThan(10_000);
    assertThat(met.refused).isPositive();
    assertThat(met.reuses).isZero();
  }

  @Test
  void theCheckSeesARepeatedNonceWhenRandomnessGoesBackToo() throws Malformed {
    Met met = SmallWorlds.explore(new Plan(2, false, true, true));
    assertThat(met.reuses).isPositive();
  }
}
