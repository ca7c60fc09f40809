package org.wayfolk.simulator.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;

/** Expected are the figures of the real code, run on a fake clock. */
class NearestRunTest {
  private static Figures run(int nodes, int fixed, int random, double kill) {
    NearestPlan plan = new NearestPlan(nodes, 1, fixed, random, 10, kill, 1_000, 1);
    return NearestRun.figures(plan, Progress.none());
  }

  @Test
  void sixtyNodesThatKnowThreeDeliverEverything() {
    Figures f = run(60, 0, 3, 0);
    assertThat(f.number("delivered")).isEqualTo(1);
    assertThat(f.number("hops_mean")).isCloseTo(1.18, within(0.05));
    assertThat(f.number("links_mean")).isCloseTo(49.3, within(2.0));
    assertThat(f.number("known_mean")).isCloseTo(48, within(3.0));
  }

  @Test
  void twoHundredLoseTheShareThatTheRealCodeLoses() {
    Figures f = run(200, 0, 3, 0);
    assertThat(f.number("delivered")).isCloseTo(0.8155, within(0.05));
    assertThat(f.number("hops_mean")).isCloseTo(1.60, within(0.08));
    assertThat(f.number("links_mean")).isCloseTo(67.8, within(4.0));
  }

  @Test
  void threeFixedEntriesLockOutWhoComesAfterThe256th() {
    Figures f = run(270, 3, 0, 0);
    assertThat(f.number("without_links")).isBetween(9.0, 14.0);
    assertThat(f.number("links_most")).isGreaterThanOrEqualTo(OldNode.INBOUND_CAP);
  }

  @Test
  void deathsAreNoticedAndCostMessages() {
    Figures f = run(60, 0, 3, 0.3);
    assertThat(f.number("before_detection_delivered")).isBetween(0.8, 1.0);
    assertThat(f.number("repaired_delivered")).isBetween(0.9, 1.0);
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertThat(run(60, 0, 1, 0.2).json()).isEqualTo(run(60, 0, 1, 0.2).json());
  }
}
