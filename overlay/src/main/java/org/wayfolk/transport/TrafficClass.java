package org.wayfolk.transport;

/** What kind of frame waits in an outbox; earlier classes leave first. */
public enum TrafficClass {
  /** Keeps links and tables alive. */
  CONTROL(0),
  /** What this node itself sends. */
  APPLICATION(1),
  /** What this node carries for others. */
  TRANSIT(2);

  private final int rank;

  TrafficClass(int rank) {
    this.rank = rank;
  }

  /** 0 for the class that leaves first, then 1, then 2: an index for arrays kept by class. */
  public int rank() {
    return rank;
  }
}
