package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;

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
