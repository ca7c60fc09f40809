package org.wayfolk.daemon.run;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What was carried for others since midnight, or since the start if that is later. Not kept across
 * restarts.
 */
final class Today {
  private final InstantSource clock;
  private final ZoneId zone;
  private final long started;
  private LocalDate day;
  private long before; // carried before this day began

  Today(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
    this.started = clock.millis();
    this.day = today();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /**
   * Bytes carried today. Call now and then, or what was carried around midnight counts for the day
   * of the next call.
   *
   * @param carried bytes carried since the start
   */
  synchronized long carried(long carried) {
    LocalDate now = today();
    if (!now.equals(day)) {
      day = now;
      before = carried;
    }
    return carried - before;
  }

  /** Since when {@link #carried} counts, ms since the epoch. */
  synchronized long since() {
    ZonedDateTime midnight = day.atStartOfDay(zone);
    return Math.max(started, midnight.toInstant().toEpochMilli());
  }

  /** When the node started, ms since the epoch. */
  long started() {
    return started;
  }
}
