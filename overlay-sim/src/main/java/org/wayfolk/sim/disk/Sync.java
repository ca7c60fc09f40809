package org.wayfolk.sim.disk;

/** What the database asks of its disk, which is all that it may count on. */
public enum Sync {
  /** {@code synchronous=FULL}: a commit is synced before it returns, and so is a checkpoint. */
  FULL,

  /**
   * {@code synchronous=OFF}: nothing is ever synced. The canary: whoever checks must find losses.
   */
  OFF
}
