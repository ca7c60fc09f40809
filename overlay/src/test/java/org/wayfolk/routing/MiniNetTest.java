package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniNetTest {
  @Test
  void joinsThroughRandomMembersReachEveryPairAtTheFirstCopy() {
    MiniNet net = new MiniNet(1);
    net.grow(Integer.getInteger("n", 100), MiniNet.S, 1, false);
    net.run(60 * MiniNet.S);
    List<MiniNet.Probe> probes = net.probe(2_000, Copies.TWO);
    System.out.println("random members: " + net.summary(probes));
    System.out.println(net.missing().stream().limit(20).toList());
    for (int i = 0; i < 64; i++) {
      if (net.framesOf[i] > 0) {
        System.out.println(
            "  type " + i + ": " + net.framesOf[i] + " frames " + net.bytesOf[i] + " bytes");
      }
    }
    for (org.wayfolk.protocol.Tally t : org.wayfolk.protocol.Tally.values()) {
      if (net.counted(t) > 0) {
        System.out.println("  " + t + " " + net.counted(t));
      }
    }
    assertThat(net.missing()).isEmpty();
    assertThat(probes).allMatch(p -> p.firstHops > 0);
  }
}
