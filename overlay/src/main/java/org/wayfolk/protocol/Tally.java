package org.wayfolk.protocol;

import java.util.Locale;

/**
 * Every counter of a node, one per thing that happened and one per reason for which something was refused or dropped.
 * The name in lower case is what {@code status --json} shows. Grouped by room; a room adds its own here.
 */
public enum Tally {
  // loop
  /** A packet came while the inbox was full. */
  INBOX_FULL(true),
  /** A record that holds no frame. */
  FRAME_MALFORMED(true),
  /** A frame type that this version does not know. */
  FRAME_UNKNOWN(true),
  /** A frame of a peer that has not proven its link. */
  FRAME_BEFORE_HELLO(true),
  /** Something threw on the loop or a worker: our bug. */
  BUG(true),
  /** The workers had no room. */
  WORK_FULL(true);

  private final boolean drop;

  Tally(boolean drop) {
    this.drop = drop;
  }

  /** Whether this counts something refused or dropped. */
  public boolean drop() {
    return drop;
  }

  /** The name that people and scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
