package org.wayfolk.simulator.figures;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on the error stream that says how far a run is. On a terminal it is drawn over itself
 * four times a second; elsewhere a new line comes every 15 seconds, so that a log stays short. It
 * only looks at the clock it was given: nothing of a run may depend on it.
 */
public final class Progress {
  private static final long TERMINAL_NANOS = 250_000_000L;
  private static final long LOG_NANOS = 15_000_000_000L;
  private static final int WIDTH = 24;

  /** Asked about the clock only now and then: a run may tell of every event. */
  private static final int QUIET = 64;

  private final PrintStream out;
  private final LongSupplier nanos;
  private final boolean terminal;
  private final long began;
  private long told;
  private int calls;
  private int drawn;

  /**
   * @param nanos a clock that only moves forward, such as {@code System::nanoTime}
   * @param terminal whether {@code out} is a terminal
   */
  public Progress(PrintStream out, LongSupplier nanos, boolean terminal) {
    this.out = out;
    this.nanos = nanos;
    this.terminal = terminal;
    began = nanos.getAsLong();
    told = began;
  }

  /** Tells nobody anything. */
  public static Progress none() {
    return new Progress(new PrintStream(PrintStream.nullOutputStream()), () -> 0, false);
  }

  /**
   * Says how far it is.
   *
   * @param share what is done of the whole, 0 to 1
   * @param what what is going on, a few words
   */
  public void at(double share, String what) {
    if (calls++ % QUIET != 0) {
      return;
    }
    long now = nanos.getAsLong();
    if (now - told < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
      return;
    }
    told = now;
    double done = Math.clamp(share, 0.0, 1.0);
    int full = (int) Math.round(done * WIDTH);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    String line =
        String.format(
            Locale.ROOT,
            "[%s] %3.0f %%  %4d s  %s",
            bar,
            100 * done,
            (now - began) / 1_000_000_000L,
            what);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
      drawn = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** The run is over: a line drawn over itself is wiped. */
  public void done() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }
}
