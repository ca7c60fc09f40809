package org.wayfolk.delivery;

import java.util.Locale;

/** Why a message was not delivered, as far as its sender can know. */
public enum Reason {
  /** This node has no link that would take it. Nothing was sent. */
  NO_ROUTE,
  /**
   * It was sent, or its receiver's key was asked for, and nothing came back in time. It may have
   * arrived.
   */
  NO_ANSWER,
  /**
   * The receiver has it and does not want it: refused, no handler, or the handler failed each time.
   */
  REFUSED,
  /** The receiver is locked and cannot store it now. */
  LOCKED,
  /** Longer than {@link Send#MAX_PAYLOAD}. Nothing was sent. */
  TOO_LARGE,
  /**
   * No node of this network can have that id: it lacks the network's proof of work. Nothing was
   * sent.
   */
  TOO_LITTLE_WORK,
  /** The receiver understands no form in which this node can send it. */
  UNSUPPORTED,
  /**
   * Too much waits: here, and nothing was sent; or at the receiver, whose queue was full each time.
   */
  BACKPRESSURE,
  /** This node was closed before there was an answer. */
  CLOSED;

  /** The name that scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
