package org.wayfolk.daemon.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Json;

/**
 * A command that ran to its end in a process of its own.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
record Ran(int status, String out, String err) {
  static final String MAIN = "org.wayfolk.daemon.Main";

  /** Longest that any command of a test may take. */
  private static final long LIMIT_SECONDS = 150;

  /** Runs the program. */
  static Ran wayfolk(String... args) throws IOException, InterruptedException {
    return command(SameProgram.with(MAIN, Arrays.asList(args)));
  }

  /** Runs any command. */
  static Ran command(List<String> command) throws IOException, InterruptedException {
    return command(command, Map.of());
  }

  /** Runs any command with more in its environment. */
  static Ran command(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("wayfolk-test-", ".out");
    Path err = Files.createTempFile("wayfolk-test-", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("took too long: " + command);
      }
      return new Ran(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Its last line of output, as JSON. */
  ObjectNode json() throws IOException {
    List<String> lines = out.lines().toList();
    if (lines.isEmpty()) {
      throw new IOException("no output; status " + status + ", standard error: " + err);
    }
    return Json.parse(lines.getLast());
  }

  /** The one line of error that it may have. */
  String error() {
    return err.strip();
  }
}
