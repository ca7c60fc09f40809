package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trace is a function of the seed alone, not of the process it came from. */
@Tag("process")
final class TwoVirtualMachinesTest {

  @Test
  void giveTheSameTraceForTheSameSeed() throws Exception {
    Process other = inAnother(TraceScenario.class, "7");
    assertThat(lastLine(other)).isEqualTo(TraceScenario.run(7));
  }

  @Test
  void giveTheSameTraceForANetworkOfTwoHundredNodes() throws Exception {
    Process other = inAnother(NetworkScenario.class, "1", "200", "1000", "0", "2000");
    SimWorld world = new SimWorld(1);
    NetworkScenario.Result here = NetworkScenario.run(world, 200, Joining.everySecond(), 2_000);
    assertThat(lastLine(other)).isEqualTo(here.traceHash());
  }

  /** A program in a JVM of its own, with another collector and another compiler. */
  private static Process inAnother(Class<?> program, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseParallelGC");
    command.add("-XX:TieredStopAtLevel=1");
    // Identity hash codes of another kind: whatever depends on them shows.
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.add("-XX:hashCode=3");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String lastLine(Process p) throws IOException, InterruptedException {
    try (BufferedReader out = p.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(p.waitFor()).as(String.join("\n", lines)).isZero();
      return lines.getLast();
    }
  }
}
