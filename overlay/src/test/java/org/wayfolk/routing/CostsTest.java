package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.transport.CloseReason;

/** The cost class of a node, and what a metered one is. */
final class CostsTest {
  private static final long MINUTE = 60_000_000_000L;

  private static Stand stand(Cost cost) {
    return new Stand(RoutingSettings.DEFAULT.withSeenCopies(1_024).withCost(cost));
  }

  @Test
  void capabilityBitsNameTheClassAndOldRecordsAreOfMains() {
    for (Cost c : Cost.values()) {
      assertThat(Cost.of(c.bits() | PeerRecord.CARRIES_NOTHING | PeerRecord.RELAY)).isEqualTo(c);
    }
    assertThat(Cost.of(0)).isEqualTo(Cost.MAINS);
    assertThat(Cost.of(PeerRecord.CARRIES_NOTHING)).isEqualTo(Cost.MAINS);
    assertThat(stand(Cost.BATTERY).routing.capabilities()).isEqualTo(4);
    assertThat(stand(Cost.METERED).routing.capabilities()).isEqualTo(8 | 2);
    assertThat(stand(Cost.LAST_RESORT).routing.capabilities()).isEqualTo(12);
  }

  @Test
  void changesAreAnHourApart() {
    Stand s = stand(Cost.MAINS);
    s.out.give(new Routing.Become(Cost.BATTERY));
    assertThat(changes(s)).containsExactly(new CostChanged(Cost.BATTERY));
    s.out.advance(10 * MINUTE);
    s.out.give(new Routing.Become(Cost.MAINS));
    s.out.give(new Routing.Become(Cost.METERED));
    assertThat(changes(s)).hasSize(1);
    s.out.advance(49 * MINUTE);
    assertThat(changes(s)).hasSize(1);
    s.out.advance(MINUTE);
    assertThat(changes(s)).endsWith(new CostChanged(Cost.METERED)).hasSize(2);
    assertThat(s.routing.carried(s.out).on()).isFalse();
    s.out.advance(70 * MINUTE);
    s.out.give(new Routing.Become(Cost.MAINS));
    assertThat(changes(s)).hasSize(3);
    assertThat(s.routing.carried(s.out).on()).isTrue();
  }

  @Test
  void aChangeThatIsTakenBackWithinTheHourIsNone() {
    Stand s = stand(Cost.MAINS);
    s.out.give(new Routing.Become(Cost.BATTERY));
    s.out.give(new Routing.Become(Cost.MAINS));
    s.out.give(new Routing.Become(Cost.BATTERY));
    s.out.advance(120 * MINUTE);
    assertThat(changes(s)).containsExactly(new CostChanged(Cost.BATTERY));
  }

  private static List<Object> changes(Stand s) {
    return s.out.events.stream()
        .filter(CostChanged.class::isInstance)
        .map(Object.class::cast)
        .toList();
  }

  @Test
  void aMeteredNodeKeepsTheEightNearestThatCarry() {
    Stand s = stand(Cost.METERED);
    FakeLink idle = s.up(Stand.id(0x01));
    s.carries(idle, false);
    FakeLink[] links = new FakeLink[12];
    for (int i = 0; i < links.length; i++) {
      links[i] = s.up(Stand.id(0x10 + i));
    }
    s.out.advance(15_000_000_000L);
    assertThat(s.routing.neighbors(s.out)).hasSize(LinkTable.LEAF_LINKS);
    assertThat(idle.isClosed).isTrue();
    assertThat(idle.closed).isEqualTo(CloseReason.FULL);
    for (FakeLink l : links) {
      boolean near = l.peer().compareTo(Stand.id(0x18)) < 0;
      assertThat(l.isClosed).as(l.peer().shortHex()).isEqualTo(!near);
    }
  }
}
