package org.wayfolk.protocol;

/**
 * A defence that a proof may switch off, to show what its attack does without it. Nothing else
 * does: a node of a person runs with all of them. Rooms take what they need when they are made, so
 * that none of it is asked for on a frame's way.
 */
public enum Defence {
  /** Two copies by two first hops, a third after a miss (overlay.md 4). Off: one copy, always. */
  COPIES,

  /** Dead ends and loops hand the frame back (security.md 15). Off: it is dropped there. */
  RETURNS,

  /** What a full link refuses goes to the next candidate (overlay.md 4). Off: it is dropped. */
  NEXT_WHEN_FULL,

  /** Few claims of a level order our choices, and those of copy 1 only (security.md 16). */
  CLAIM_LIMITS,

  /** What goes where a send has failed goes by three ways for ten minutes (security.md 8). */
  MISSES,

  /** Copies after the first keep away from the nearest of their target (security.md 14). */
  STAND_OFF,

  /** Lookups on three disjoint lanes (security.md 17). Off: on one. */
  DISJOINT_LOOKUP,

  /** A full node makes room by usefulness, newcomers look around (security.md 7). */
  EVICTION,

  /** Few links an address (security.md 7). Off: as many as there is room for. */
  LINKS_AN_ADDRESS,

  /** Budgets are spent once a signature has proved whose they are (security.md 1). Off: before. */
  CHARGE_THE_PROVEN,

  /** What a forwarder could not have checked costs its link nothing (security.md 8). */
  TRANSIT_IS_FREE,

  /** Failed dials of one site are counted together (security.md 11). */
  DIAL_SITES,

  /** Under load a hello costs its dialler work (security.md 5). Off: all are answered. */
  CHALLENGE
}
