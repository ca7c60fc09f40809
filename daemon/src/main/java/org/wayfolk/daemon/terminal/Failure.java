package org.wayfolk.daemon.terminal;

/**
 * A command that cannot be done, in words for its user: what happened and what to do about it.
 * Expected, so it has no stack trace.
 */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final Exit exit;
  private final String remedy;
  private final String reason;

  /**
   * A failure without a reason for machines.
   *
   * @param exit the status the command ends with
   * @param what what happened, one line without a full stop
   * @param remedy what the user can do, one line without a full stop; may be empty
   */
  public Failure(Exit exit, String what, String remedy) {
    this(exit, what, remedy, "");
  }

  /**
   * A failure that a program shall tell from others.
   *
   * @param exit the status the command ends with
   * @param what what happened, one line without a full stop
   * @param remedy what the user can do, one line without a full stop; may be empty
   * @param reason one word of a-z and _, a promise to programs (docs/control-socket.md); may be
   *     empty
   */
  public Failure(Exit exit, String what, String remedy, String reason) {
    super(Clean.line(what), null, false, false);
    this.exit = exit;
    this.remedy = Clean.line(remedy);
    this.reason = reason;
  }

  /** Something did not work. */
  public static Failure failed(String what, String remedy) {
    return new Failure(Exit.FAILED, what, remedy);
  }

  /** The command line is wrong. */
  public static Failure usage(String what, String remedy) {
    return new Failure(Exit.USAGE, what, remedy);
  }

  /** The status the command ends with. */
  public Exit exit() {
    return exit;
  }

  /** What happened. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** What to do; may be empty. */
  public String remedy() {
    return remedy;
  }

  /** One word for programs, such as {@code locked}; may be empty. */
  public String reason() {
    return reason;
  }

  /** What happened and what to do, as one line. */
  public String line() {
    return remedy.isEmpty() ? what() : what() + ": " + remedy;
  }
}
