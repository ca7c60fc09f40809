package org.wayfolk.protocol;

import java.util.Locale;
import org.wayfolk.peer.RecordCheck;

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
  WORK_FULL(true),

  // peer
  /** Bytes that are no peer record. */
  RECORD_MALFORMED(true),
  /** A record whose id has too few leading zero bits for the network. */
  RECORD_WORK(true),
  /** A record issued more than 15 minutes from now. */
  RECORD_FUTURE(true),
  /** A record past its expiry. */
  RECORD_EXPIRED(true),
  /** A record that wants to live longer than 30 days. */
  RECORD_TOO_LONG_LIVED(true),
  /** A record that its own key did not sign for this network. */
  RECORD_SIGNATURE(true),
  /** A record older than the one we hold of that node. */
  RECORD_OLDER(true),
  /** A record held back from a link: it names an address of a narrower scope, or its addresses have ended. */
  RECORD_HELD_BACK(false);

  private final boolean drop;

  Tally(boolean drop) {
    this.drop = drop;
  }

  /** Whether this counts something refused or dropped. */
  public boolean drop() {
    return drop;
  }

  /** The counter of a refused record. */
  public static Tally of(RecordCheck.Refusal why) {
    return switch (why) {
      case MALFORMED -> RECORD_MALFORMED;
      case WORK -> RECORD_WORK;
      case FUTURE -> RECORD_FUTURE;
      case EXPIRED -> RECORD_EXPIRED;
      case TOO_LONG_LIVED -> RECORD_TOO_LONG_LIVED;
      case SIGNATURE -> RECORD_SIGNATURE;
    };
  }

  /** The name that people and scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
