package org.wayfolk.proof.messages;

/** What must never be. */
enum Fault {
  /** The author was told that it is kept, and it is not there at the author's. */
  FORGOTTEN,
  /** The author was told that it is kept, and it never came to the reader. */
  LOST,
  /** Shown as delivered, and not stored at the reader's. */
  NOT_STORED,
  /** Shown or told of more than once. */
  DOUBLED,
  /** Not where the rule puts it, or elsewhere than at the other side's. */
  OUT_OF_ORDER,
  /** The reader has what its author does not. */
  LEFT_UNSTORED,
  /** Text, mark, deletion, answer or reaction is not what was last done. */
  ALTERED,
  /** A line that nobody wrote. */
  INVENTED,
  /** The messenger does not start from what its disk holds. */
  UNREADABLE
}
