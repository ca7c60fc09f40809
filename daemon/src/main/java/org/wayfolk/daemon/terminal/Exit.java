package org.wayfolk.daemon.terminal;

/** What a command's exit status says (docs/cli.md); scripts rely on the numbers. */
public enum Exit {
  /** Done. */
  OK(0),
  /** It did not work; the line of error says why. */
  FAILED(1),
  /** The command line is wrong. */
  USAGE(2),
  /** No node runs on this home. */
  NOT_RUNNING(3),
  /** There is no way to the peer now. */
  NO_ROUTE(4),
  /** No answer in time. */
  TIMED_OUT(5),
  /** The other side, or this one, said no. */
  REFUSED(6);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** The status as the operating system sees it. */
  public int code() {
    return code;
  }

  /** The meaning of a status; what is unknown has failed. */
  public static Exit of(int code) {
    for (Exit e : values()) {
      if (e.code == code) {
        return e;
      }
    }
    return FAILED;
  }
}
