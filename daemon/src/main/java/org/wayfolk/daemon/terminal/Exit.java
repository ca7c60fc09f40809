package org.wayfolk.daemon.terminal;

/** What a command's exit status says (docs/cli.md); scripts rely on the numbers. */
public enum Exit {
  /** Done. */
  OK,
  /** It did not work; the line of error says why. */
  FAILED,
  /** The command line is wrong. */
  USAGE,
  /** No node runs on this home. */
  NOT_RUNNING,
  /** There is no way to the peer now. */
  NO_ROUTE,
  /** No answer in time. */
  TIMED_OUT,
  /** The other side, or this one, said no. */
  REFUSED;

  /** The status as the operating system sees it. */
  public int code() {
    return ordinal();
  }

  /** The meaning of a status; what is unknown has failed. */
  public static Exit of(int code) {
    return code >= 0 && code < values().length ? values()[code] : FAILED;
  }
}
