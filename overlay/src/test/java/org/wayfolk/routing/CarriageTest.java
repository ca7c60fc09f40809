package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.protocol.Tally;

/** What a user agreed to carry, a day of the user's own clock. */
class CarriageTest {
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final RecordedEffects out = new RecordedEffects((in, fx) -> {});

  private Carriage at(String now, ZoneId zone, long perDay, long before, String when) {
    out.wall(millis(now));
    return new Carriage(new CarrySettings(perDay, zone, before, millis(when)), millis(now));
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void whatAnEarlierRunCarriedTodayCountsOnAndYesterdayDoesNot() {
    // Midnight in Moscow is 21:00 UTC.
    Carriage c = at("2026-03-01T22:00:00Z", MOSCOW, 1_000, 900, "2026-03-01T21:00:00Z");
    assertThat(c.now(out).today()).isEqualTo(900);
    assertThat(c.may(101, out)).isFalse();
    c = at("2026-03-01T22:00:00Z", MOSCOW, 1_000, 900, "2026-03-01T20:59:59Z");
    assertThat(c.now(out)).isEqualTo(new Carried(1_000, 0, millis("2026-03-01T21:00:00Z"), true));
  }

  @Test
  void aDayEndsAtTheUsersMidnightAlsoOnTheDayOfTwentyThreeHours() {
    Carriage c = at("2026-03-29T12:00:00Z", BERLIN, 100, 0, "2026-03-29T12:00:00Z");
    assertThat(c.now(out).dayBegan()).isEqualTo(millis("2026-03-28T23:00:00Z"));
    assertThat(c.may(100, out)).isTrue();
    c.carried(100);
    assertThat(c.may(1, out)).isFalse();
    out.wall(millis("2026-03-29T21:59:59Z"));
    assertThat(c.may(1, out)).isFalse();
    out.wall(millis("2026-03-29T22:00:00Z"));
    assertThat(c.may(1, out)).isTrue();
    assertThat(out.events).containsExactly(new CarryChanged(false), new CarryChanged(true));
  }

  @Test
  void aLimitThatIsRaisedOrLoweredCountsAtOnceWithWhatWasCarried() {
    Carriage c = at("2026-03-01T12:00:00Z", MOSCOW, Carried.NO_LIMIT, 0, "2026-03-01T12:00:00Z");
    c.carried(500);
    c.limit(500, out);
    assertThat(c.now(out).on()).isFalse();
    c.limit(501, out);
    assertThat(c.may(1, out)).isTrue();
    c.limit(0, out);
    assertThat(c.may(1, out)).isFalse();
    assertThat(out.events)
        .containsExactly(new CarryChanged(false), new CarryChanged(true), new CarryChanged(false));
  }

  private static Slot slot(Carriage c, int first) {
    NodeId id = Stand.id(first);
    PeerRecord record = Records.of(Stand.NET, 1, 1, "10.0.0.1:4242");
    Slot s = new Slot(first, new FakeLink(id), record, 0, 0, 0);
    s.balance = c.balance(id);
    return s;
  }

  @Test
  void oneLinkUsesAnEighthOfTheDayAndItsNewLinkNoMore() {
    Carriage c = at("2026-03-01T12:00:00Z", MOSCOW, 80_000_000, 0, "2026-03-01T12:00:00Z");
    Slot greedy = slot(c, 1);
    long carried = 0;
    while (c.may(50_000, greedy, out)) {
      c.carried(50_000, greedy);
      carried += 50_000;
    }
    assertThat(carried).isEqualTo(10_000_000);
    assertThat(c.may(50_000, slot(c, 1), out)).isFalse();
    assertThat(c.may(50_000, slot(c, 2), out)).isTrue();
    assertThat(out.counted(Tally.CARRY_OVER_SHARE)).isEqualTo(2);
    out.wall(millis("2026-03-01T21:00:00Z"));
    assertThat(c.may(50_000, greedy, out)).isTrue();
  }

  @Test
  void onceHalfOfTheDayIsUsedOneGetsAMegabyteAndTwiceWhatOneGave() {
    Carriage c = at("2026-03-01T12:00:00Z", MOSCOW, 80_000_000, 0, "2026-03-01T12:00:00Z");
    Slot taker = slot(c, 1);
    Slot giver = slot(c, 2);
    c.carried(41_000_000);
    c.carried(1_000_000, taker);
    c.carried(1_000_000, giver);
    c.gave(700_000, giver);
    assertThat(c.may(50_000, taker, out)).isFalse();
    assertThat(c.may(1_400_000, giver, out)).isTrue();
    assertThat(c.may(1_400_001, giver, out)).isFalse();
  }

  @Test
  void withoutALimitOfItsUserNoLinkHasOne() {
    Carriage c = at("2026-03-01T12:00:00Z", MOSCOW, Carried.NO_LIMIT, 0, "2026-03-01T12:00:00Z");
    Slot s = slot(c, 1);
    c.carried(2_000_000_000, s);
    assertThat(c.may(50_000, s, out)).isTrue();
  }

  @Test
  void zeroStaysZeroAtMidnight() {
    Carriage c = at("2026-03-01T12:00:00Z", MOSCOW, 0, 0, "2026-03-01T12:00:00Z");
    out.wall(millis("2026-03-03T12:00:00Z"));
    assertThat(c.may(1, out)).isFalse();
    assertThat(out.events).isEmpty();
  }

  @Test
  void aClockThatIsSetBackOrForwardIsAnotherDayAndNeverAnEndlessOne() {
    Carriage c = at("2026-03-10T12:00:00Z", MOSCOW, 100, 100, "2026-03-10T12:00:00Z");
    assertThat(c.may(1, out)).isFalse();
    out.wall(millis("2026-02-01T12:00:00Z"));
    assertThat(c.may(1, out)).isTrue();
    out.wall(millis("2036-02-01T12:00:00Z"));
    assertThat(c.may(1, out)).isTrue();
    assertThat(out.events).filteredOn(Input.class::isInstance).hasSize(1);
  }
}
