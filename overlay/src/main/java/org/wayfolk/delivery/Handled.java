package org.wayfolk.delivery;

import org.wayfolk.protocol.Input;

/** Command: what became of an {@link Inbound}. A token that is not out is ignored. */
public record Handled(long token, Verdict verdict) implements Input.Command {

  /** What the application made of a message; decides the receipt. */
  public enum Verdict {
    /** The handler returned normally: whatever it had to keep is kept. */
    ACCEPTED,
    /** There is no handler now. The sender tries again. */
    NO_HANDLER,
    /** The handler threw, or there was no room to run it. The sender tries again. */
    FAILED,
    /** Locked: nothing can be stored before its user unlocks it. The sender stops. */
    LOCKED,
    /** Not wanted. The sender stops. */
    REFUSED,
    /**
     * Silence: no receipt, now or for any repeat of this message, so that the sender does not even
     * learn that we are there. It tries until its deadline and says {@link Reason#NO_ANSWER}.
     */
    SILENT
  }
}
