package org.wayfolk.daemon.terminal;

/** Colours where they help, and plain text everywhere else. */
public final class Paint {
  /** Never colours. */
  public static final Paint PLAIN = new Paint(false);

  private final boolean on;

  /** Paints if {@code on}. */
  public Paint(boolean on) {
    this.on = on;
  }

  /**
   * Colours only on a terminal, and not if the user said so (no-color.org) or the terminal cannot.
   */
  public static Paint ofTerminal(boolean terminal) {
    String no = System.getenv("NO_COLOR");
    boolean refused = no != null && !no.isEmpty();
    return new Paint(terminal && !refused && !"dumb".equals(System.getenv("TERM")));
  }

  /** Whether a person reads what is printed and can answer. */
  @SuppressWarnings("SystemConsoleNull") // null without a terminal again since JDK 25
  public static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Whether it colours. */
  public boolean on() {
    return on;
  }

  /** Good news. */
  public String good(String text) {
    return wrap("32", text);
  }

  /** Trouble. */
  public String bad(String text) {
    return wrap("31", text);
  }

  /** Something to look at. */
  public String notice(String text) {
    return wrap("33", text);
  }

  /** What matters most. */
  public String strong(String text) {
    return wrap("1", text);
  }

  /** What matters least. */
  public String faint(String text) {
    return wrap("2", text);
  }

  private String wrap(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
