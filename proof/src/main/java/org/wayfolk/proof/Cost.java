package org.wayfolk.proof;

import java.io.IOException;
import java.util.Map;

/** What a run took of this machine; under keys that begin with {@code wall} or {@code rss}. */
final class Cost {
  private static final long PROGRESS_NANOS = 30_000_000_000L;

  private final long began = System.nanoTime();
  private long told = began;

  /** Tells now and then how far it is, on the error stream. */
  void progress(int done, String how) {
    long now = System.nanoTime();
    if (now - told >= PROGRESS_NANOS) {
      told = now;
      System.err.printf("%6d s  %d messages, %s%n", (now - began) / 1_000_000_000L, done, how);
    }
  }

  void tell(Map<String, Object> into, long messages) throws IOException {
    double cpu =
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0);
    into.put("wallSeconds", Math.round((System.nanoTime() - began) / 1e9));
    into.put("wallCpuSeconds", Math.round(cpu));
    into.put("wallCpuMillisPerMessage", Math.round(cpu * 1e5 / Math.max(1, messages)) / 100.0);
    into.put("wallProcessors", Runtime.getRuntime().availableProcessors());
    into.put("rssMostMegabytes", org.wayfolk.simulator.Cost.mostResident());
  }
}
