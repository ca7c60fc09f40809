package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trace is a function of the seed alone, not of the process it came from. */
@Tag("process")
final class TwoVirtualMachinesTest {

  @Test
  void giveTheSameTraceForTheSameSeed() throws Exception {
    assertThat(inAnother(TraceScenario.class, "7")).isEqualTo(TraceScenario.run(7));
  }

  @Test
  void giveTheSameTraceForANetworkOfTwoHundredNodes() throws Exception {
    SimWorld world = new SimWorld(1);
    NetworkScenario.Result here = NetworkScenario.run(world, 200, Joining.everySecond(), 2_000);
    assertThat(inAnother(NetworkScenario.class, "1", "200", "1000", "0", "2000"))
        .isEqualTo(here.traceHash());
  }

  /**
   * The last line that a program prints in a JVM of its own, with another heap and another
   * compiler.
   */
  static String inAnother(Class<?> program, String... args) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                // Identity hash codes of another kind: whatever depends on them shows.
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=3",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(args));
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = p.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(p.waitFor()).as(String.join("\n", lines)).isZero();
      return lines.getLast();
    }
  }
}
