package org.wayfolk.browser;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built program: the jars of {@code daemon/target/app}, started as the launcher does. */
final class Program {
  /** Longest that a command which ends by itself may take. */
  private static final long LIMIT_SECONDS = 60;

  private static final List<String> JVM =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:TieredStopAtLevel=1",
          "-Xms16m",
          "-Xmx512m");

  private Program() {}

  /** The root of the repository. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("browser/pom.xml"))) {
        return at;
      }
    }
    throw new IllegalStateException("run inside the repository");
  }

  /** Directory of the jars; {@code -Dwayfolk.app} names another one. */
  static Path jars() {
    Path jars =
        Path.of(System.getProperty("wayfolk.app", root().resolve("daemon/target/app").toString()));
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException("no " + jars + ": package the module daemon first");
    }
    return jars;
  }

  /** The command line of the program. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-cp");
    command.add(jars() + File.separator + "*");
    command.add("org.wayfolk.daemon.Main");
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /**
   * Runs a command to its end.
   *
   * @return its standard output
   * @throws IOException if it fails or takes too long
   */
  static String run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("wayfolk-browser-", ".out");
    try {
      Process process =
          new ProcessBuilder(command(arguments))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("took too long: " + String.join(" ", arguments));
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", arguments) + " ended with " + process.exitValue() + ": " + said);
      }
      return said;
    } finally {
      Files.delete(out);
    }
  }
}
