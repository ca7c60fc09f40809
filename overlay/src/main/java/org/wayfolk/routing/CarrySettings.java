package org.wayfolk.routing;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How much a node begins with carrying for others.
 *
 * @param perDay most bytes a day, 0 or more
 * @param zone whose midnight ends a day
 * @param before bytes that an earlier run carried, 0 or more
 * @param beforeMillis when that was, ms since the epoch: counts if it is the day of the start
 */
public record CarrySettings(long perDay, ZoneId zone, long before, long beforeMillis) {
  /** No limit; days as in Greenwich. */
  public static final CarrySettings DEFAULT =
      new CarrySettings(Carried.NO_LIMIT, ZoneOffset.UTC, 0, 0);

  /** Checks the numbers. */
  public CarrySettings {
    if (perDay < 0 || before < 0) {
      throw new IllegalArgumentException("perDay " + perDay + ", before " + before);
    }
  }
}
