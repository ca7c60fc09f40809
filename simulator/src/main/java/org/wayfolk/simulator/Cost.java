package org.wayfolk.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wayfolk.simulator.figures.Figures;

/** What a run took of this machine; under keys that begin with {@code wall} or {@code rss}. */
public final class Cost {
  private final long began = System.nanoTime();

  Cost() {}

  void tell(Figures into) throws IOException {
    double cpu =
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(-1.0);
    into.put("wall_seconds", (System.nanoTime() - began) / 1e9, 1);
    into.put("wall_cpu_seconds", cpu, 1);
    into.put("wall_processors", Runtime.getRuntime().availableProcessors());
    into.put("rss_most_mib", mostResident());
  }

  /**
   * The most memory that this process ever had resident.
   *
   * @return MiB, or -1 where the system has no /proc
   * @throws IOException if /proc cannot be read
   */
  public static long mostResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
        .findFirst()
        .orElse(-1);
  }
}
