package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Json;

/** The demo, as a newcomer starts it. */
@Tag("process")
final class DemoTest {
  @TempDir Path tmp;

  private Ran demo(String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of("demo"));
    args.addAll(Arrays.asList(options));
    List<String> command = SameProgram.with(Ran.MAIN, args);
    command.add(1, "-Djava.io.tmpdir=" + tmp);
    return Ran.command(command);
  }

  private List<Path> left() throws Exception {
    try (Stream<Path> all = Files.list(tmp)) {
      return all.filter(p -> p.getFileName().toString().startsWith("wayfolk")).toList();
    }
  }

  @Test
  void tellsTheStoryOfTwoPeopleAndLeavesNothingBehind() throws Exception {
    Ran ran = demo("--json");
    System.out.println(ran.out());
    assertThat(ran.status()).as(ran.toString()).isZero();
    List<String> steps = new ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      ObjectNode step = Json.parse(line);
      assertThat(step.path("ok").asBoolean()).as(line).isTrue();
      steps.add(step.path("step").asText());
      if (step.path("step").asText().equals("delivered")) {
        assertThat(step.path("hops").asInt()).isGreaterThanOrEqualTo(2);
      }
    }
    assertThat(steps)
        .containsExactly(
            "up",
            "met",
            "apart",
            "invited",
            "friends",
            "compared",
            "delivered",
            "delivered",
            "carried",
            "killed",
            "complete",
            "done");
    assertThat(left()).isEmpty();
    assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains(tmp.toString()));
  }

  @Test
  void stoppedOrKilledInTheMiddleItLeavesNoProcess() throws Exception {
    for (boolean kill : new boolean[] {false, true}) {
      List<String> command = SameProgram.with(Ran.MAIN, List.of("demo", "--json"));
      command.add(1, "-Djava.io.tmpdir=" + tmp);
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader lines = process.inputReader()) {
        assertThat(lines.readLine()).contains("\"up\"");
        List<ProcessHandle> nodes = process.descendants().toList();
        assertThat(nodes).hasSize(5);
        if (kill) {
          process.destroyForcibly();
        } else {
          process.destroy();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle node : nodes) {
          Wait.until(Duration.ofSeconds(30), () -> !node.isAlive());
        }
        if (!kill) {
          assertThat(left()).isEmpty();
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void looksRightWithoutATerminal() throws Exception {
    Ran ran = demo();
    System.out.println(ran.out());
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.out()).doesNotContain("\u001b").doesNotContain("\r").contains("✓");
    assertThat(ran.err()).isEmpty();
  }
}
