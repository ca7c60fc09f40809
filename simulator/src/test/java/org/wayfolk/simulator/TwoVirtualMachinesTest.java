package org.wayfolk.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Same command, same seed: the same figures in two processes, but for wall and rss. */
@Tag("process")
final class TwoVirtualMachinesTest {
  private static final List<String> COMMAND =
      List.of("overlay", "--nodes", "40", "--pairs", "300", "--kill", "0.2", "--json");

  @Test
  void giveTheSameFiguresForTheSameCommand() throws Exception {
    Process one = start(List.of("-XX:+UseSerialGC"));
    // Another collector and compiler, and identity hash codes of another kind: what hangs on them
    // shows.
    Process other =
        start(
            List.of(
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=3"));
    String figures = figures(one);
    assertThat(figures).contains("\"repaired_delivered\"").contains("\"trace\"");
    assertThat(figures(other)).isEqualTo(figures);
  }

  private static Process start(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sim.class.getName()));
    command.addAll(COMMAND);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String figures(Process p) throws IOException, InterruptedException {
    try (BufferedReader out = p.inputReader()) {
      String text =
          out.lines()
              .filter(line -> !line.contains("\"wall_") && !line.contains("\"rss_"))
              .collect(Collectors.joining("\n"));
      assertThat(p.waitFor()).as(text).isZero();
      return text;
    }
  }
}
