package org.wayfolk.daemon.terminal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/**
 * What a command says, and how: to people, to scripts, or quietly. Any thread; a line is never
 * mixed with another.
 */
public final class Voice {
  private final PrintStream out;
  private final PrintStream err;
  private final Paint paint;
  private final boolean json;
  private final boolean quiet;
  private boolean passing; // a line is shown that the next one overwrites

  /**
   * A voice.
   *
   * @param out results
   * @param err errors and warnings
   * @param paint colours, if any; they also mean that {@code out} is a terminal
   * @param json whether scripts listen
   * @param quiet whether only results and errors are wanted
   */
  public Voice(PrintStream out, PrintStream err, Paint paint, boolean json, boolean quiet) {
    this.out = out;
    this.err = err;
    this.paint = paint;
    this.json = json;
    this.quiet = quiet;
  }

  /** Colours for text that goes to {@link #say} or {@link #result}. */
  public Paint paint() {
    return paint;
  }

  /** Whether scripts listen. */
  public boolean json() {
    return json;
  }

  /** Something nice to know; only for people, and not with -q. */
  public synchronized void say(String line) {
    if (!json && !quiet) {
      clear();
      out.println(line);
    }
  }

  /** What the command is for; only for people. */
  public synchronized void result(String line) {
    if (!json) {
      clear();
      out.println(line);
    }
  }

  /** A line of JSON; only for scripts. */
  public synchronized void result(ObjectNode line) {
    if (json) {
      out.println(Json.line(line));
    }
  }

  /** How far long work is: one line that changes in place, on a terminal only. */
  public synchronized void progress(String line) {
    if (paint.on() && !json && !quiet) {
      out.print("\r" + line + "\u001b[K");
      out.flush();
      passing = true;
    }
  }

  private void clear() {
    if (passing) {
      out.print("\r\u001b[K");
      passing = false;
    }
  }

  /** Trouble that does not end the command: one line on standard error, or an event for scripts. */
  public synchronized void warn(String what, String remedy) {
    if (json) {
      out.println(
          Json.line(
              Json.object()
                  .put("event", "warning")
                  .put("warning", Clean.line(what))
                  .put("do", Clean.line(remedy))));
      return;
    }
    clear();
    String line = remedy.isEmpty() ? what : what + ": " + remedy;
    err.println("wayfolk: " + paint.notice("note") + ": " + Clean.line(line));
  }

  /**
   * Why the command ends without success: one line on standard error, or one object for scripts.
   */
  public synchronized void error(Failure failure) {
    if (json) {
      out.println(
          Json.line(Json.object().put("error", failure.what()).put("do", failure.remedy())));
      return;
    }
    clear();
    err.println("wayfolk: " + paint.bad("error") + ": " + failure.line());
  }

  /** Whether what was printed could not be: the reader has gone. */
  public boolean gone() {
    return out.checkError();
  }
}
