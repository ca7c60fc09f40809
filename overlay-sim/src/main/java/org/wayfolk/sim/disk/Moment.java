package org.wayfolk.sim.disk;

/** An instant inside the work of the database at which the power may go. */
public enum Moment {
  /** A transaction is written, not yet synced, and nobody has been told of it. */
  COMMIT,

  /** Pages move from the log to the main file; some have arrived. */
  CHECKPOINT
}
