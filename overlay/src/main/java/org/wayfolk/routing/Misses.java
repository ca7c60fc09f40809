package org.wayfolk.routing;

/**
 * Where in the keyspace sends of ours have failed end to end of late. Whose fault it was nobody can
 * tell: so nobody is punished, and for ten minutes what goes there goes by three ways instead of
 * two (security.md 8). A region is the half of a level, as of the links: {@link LinkTable#stratum}.
 */
final class Misses {
  /** Long enough for a neighbourhood to be repaired, or for a liar in it to be gone. */
  static final long LIFE_NANOS = 600_000_000_000L;

  /** Deeper strata lie within anybody's neighbourhood and count as one. */
  private static final int REGIONS = 64;

  private final long[] at = new long[REGIONS];
  private long noted;

  /** A send toward this stratum was not answered in time. */
  void missed(int stratum, long now) {
    int region = Math.min(stratum, REGIONS - 1);
    at[region] = now;
    noted |= 1L << region;
  }

  /** Whether one was within ten minutes. */
  boolean lately(int stratum, long now) {
    int region = Math.min(stratum, REGIONS - 1);
    return (noted & 1L << region) != 0 && now - at[region] <= LIFE_NANOS;
  }
}
