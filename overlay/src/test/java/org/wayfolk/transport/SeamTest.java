package org.wayfolk.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Small promises of the seam. */
final class SeamTest {

  @Test
  void everyReasonHasACodeOfItsOwnAndStrangeCodesAreNormal() {
    for (CloseReason r : CloseReason.values()) {
      assertThat(CloseReason.of(r.code())).isEqualTo(r);
    }
    assertThat(CloseReason.of(-1)).isEqualTo(CloseReason.NORMAL);
    assertThat(CloseReason.of(0x1_0000_0001L)).isEqualTo(CloseReason.NORMAL);
  }

  @Test
  void classesRankInTheOrderInWhichTheyLeave() {
    assertThat(Arrays.stream(TrafficClass.values()).map(TrafficClass::rank))
        .containsExactly(0, 1, 2);
    assertThat(TrafficClass.values())
        .containsExactly(TrafficClass.CONTROL, TrafficClass.APPLICATION, TrafficClass.TRANSIT);
  }

  @Test
  void everyClassHoldsAtLeastOneLargestRecord() {
    for (TrafficClass c : TrafficClass.values()) {
      assertThat(OutboxLimits.of(c)).isGreaterThanOrEqualTo(PacketPool.LARGE);
    }
  }
}
