package org.wayfolk.transport;

/** What kind of frame waits in an outbox; earlier classes leave first. */
public enum TrafficClass {
  /** Keeps links and tables alive. */
  CONTROL,
  /** What this node itself sends. */
  APPLICATION,
  /** What this node carries for others. */
  TRANSIT
}
