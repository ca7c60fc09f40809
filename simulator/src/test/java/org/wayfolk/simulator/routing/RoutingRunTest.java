package org.wayfolk.simulator.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;

class RoutingRunTest {
  private static RoutingPlan plan(Geometry g, int nodes, boolean lookahead, double dead) {
    int far = g == Geometry.TORUS8 ? 0 : -1;
    return new RoutingPlan(g, nodes, g.slots, far, lookahead, dead, 2_000, 1);
  }

  private static Figures run(RoutingPlan plan) {
    return RoutingRun.run(plan, 2, Progress.none());
  }

  @Test
  void oursDeliversAllInTheHopsOfTheModel() {
    Figures greedy = run(plan(Geometry.XOR, 10_000, false, 0));
    assertThat(greedy.number("delivered")).isEqualTo(1);
    assertThat(greedy.number("hops_mean")).isCloseTo(4.12, Percentage.withPercentage(3));
    Figures ahead = run(plan(Geometry.XOR, 10_000, true, 0));
    assertThat(ahead.number("delivered")).isEqualTo(1);
    assertThat(ahead.number("hops_mean")).isCloseTo(3.66, Percentage.withPercentage(3));
    assertThat(ahead.number("hops_p99")).isLessThanOrEqualTo(5);
    assertThat(ahead.number("links_mean")).isLessThanOrEqualTo(41.5);
  }

  @Test
  void anyNumberOfThreadsGivesTheSame() {
    for (Geometry g : Geometry.values()) {
      RoutingPlan plan = plan(g, 2_000, true, 0.1);
      String one = RoutingRun.run(plan, 1, Progress.none()).json();
      assertThat(RoutingRun.run(plan, 2, Progress.none()).json()).isEqualTo(one);
      assertThat(RoutingRun.run(plan, 5, Progress.none()).json()).isEqualTo(one);
    }
  }

  @Test
  void theRingHasTheHopsThatWerePublishedForIt() {
    Figures plain = run(plan(Geometry.RING, 10_000, false, 0));
    assertThat(plain.number("delivered")).isEqualTo(1);
    assertThat(plain.number("hops_mean")).isCloseTo(8.1, Percentage.withPercentage(3));
    Figures ahead = run(plan(Geometry.RING, 10_000, true, 0));
    assertThat(ahead.number("hops_mean")).isCloseTo(5.4, Percentage.withPercentage(3));
  }

  @Test
  void theTorusDeliversNearlyAllAndIsExtrapolatedBeyondAMillion() {
    Figures torus = run(plan(Geometry.TORUS8, 4_000, true, 0));
    assertThat(torus.number("delivered")).isGreaterThanOrEqualTo(0.999);
    assertThat(torus.number("hops_mean")).isCloseTo(4.2, within(0.4));
    assertThat(torus.map()).containsEntry("extrapolated", false);
  }

  @Test
  void manyDeadNodesCostHopsAndFewMessages() {
    Figures dead = run(plan(Geometry.XOR, 10_000, true, 0.2));
    assertThat(dead.number("delivered")).isBetween(0.98, 1.0);
    assertThat(dead.number("hops_mean")).isBetween(3.66, 4.6);
  }

  @Test
  void whatIsNoPlanIsRefusedInWords() {
    assertThatThrownBy(() -> new RoutingPlan(Geometry.XOR, 1_000, 3, -1, true, 0, 10, 1))
        .hasMessageContaining("1, 2 or 4");
    assertThatThrownBy(() -> new RoutingPlan(Geometry.RING, 1_000, 13, 2, true, 0, 10, 1))
        .hasMessageContaining("torus8 only");
    assertThatThrownBy(() -> new RoutingPlan(Geometry.TORUS8, 1_000, 13, 9, true, 0, 10, 1))
        .hasMessageContaining("slots - 5");
  }
}
