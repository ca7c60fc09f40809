package org.wayfolk.proof.messages;

/** What a twin may be made to do wrong, once in a while. */
enum TwinFault {
  NONE,
  /** Says that it is kept, and a power loss takes it. */
  KEEPS_LATE,
  /** Takes a message off the list before it has arrived. */
  LOSES,
  /** The reader says that it has it before it is on the disk. */
  ANSWERS_EARLY,
  /** What comes again is shown again. */
  SHOWS_TWICE,
  /** The reader is told again of what was there already. */
  TELLS_TWICE,
  /** Shows lines as they come. */
  SHOWS_AS_IT_COMES,
  /** The author's Lamport clock does not follow what it reads. */
  CLOCK_STANDS(100),
  /** Sends before it is on the disk. */
  SENDS_EARLY(100),
  /** Loses an edit. */
  LOSES_EDITS,
  /** Loses a reaction. */
  LOSES_REACTIONS,
  /** Shows a deleted line again. */
  FORGETS_DELETIONS,
  /** Forgets what a message answers. */
  LOSES_ANSWERS,
  /** Shows a line that nobody wrote. */
  INVENTS,
  /** Does not start after a power loss. */
  BREAKS(50);

  /** Of a hundred chances to do it, how many are taken. */
  final int often;

  TwinFault() {
    this(4);
  }

  TwinFault(int often) {
    this.often = often;
  }
}
