package org.wayfolk.delivery;

import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;

/** What a receipt says. The code is on the wire. */
enum Status {
  /** A handler accepted the message. */
  ACCEPTED(0, Reason.REFUSED, false),
  /** There is no handler. */
  NO_HANDLER(1, Reason.REFUSED, true),
  /** Too many messages wait. */
  QUEUE_FULL(2, Reason.BACKPRESSURE, true),
  /** The handler failed. */
  FAILED(3, Reason.REFUSED, true),
  /** The receiver is locked. */
  LOCKED(4, Reason.LOCKED, false),
  /** The receiver does not want it. */
  REFUSED(5, Reason.REFUSED, false),
  /** The receiver does not understand what is inside the seal. */
  UNSUPPORTED(6, Reason.UNSUPPORTED, false),
  /**
   * Sent before the receiver started, so that it may be a replay of one that its former life has
   * run.
   */
  BEFORE_START(7, Reason.NO_ANSWER, true);

  private static final Status[] ALL = values();

  private final int code;
  private final Reason reason;
  private final boolean again;

  Status(int code, Reason reason, boolean again) {
    this.code = code;
    this.reason = reason;
    this.again = again;
  }

  static Status of(int code) throws Malformed {
    for (Status s : ALL) {
      if (s.code == code) {
        return s;
      }
    }
    throw new Malformed("unknown receipt status");
  }

  /** What a receipt says of a verdict; null for silence. */
  static @Nullable Status of(Handled.Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> ACCEPTED;
      case NO_HANDLER -> NO_HANDLER;
      case FAILED -> FAILED;
      case LOCKED -> LOCKED;
      case REFUSED -> REFUSED;
      case SILENT -> null;
    };
  }

  int code() {
    return code;
  }

  /** What the sender says if this was the last word. */
  Reason reason() {
    return reason;
  }

  /** Whether the sender tries again. */
  boolean again() {
    return again;
  }
}
