package org.wayfolk.daemon.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the user's browser. */
public final class Browser {
  /** What opens a file; a starter that still runs then has become the browser. */
  private static final long STARTS_WITHIN_SECONDS = 5;

  private Browser() {}

  /**
   * Opens a file in the browser; blocks some seconds at most.
   *
   * @return false if this machine has no way to do so, or it failed
   */
  public static boolean open(Path file) throws InterruptedException {
    Optional<List<String>> command = command(System.getenv(), System.getProperty("os.name"), file);
    if (command.isEmpty()) {
      return false;
    }
    try {
      Process process =
          new ProcessBuilder(command.get())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(STARTS_WITHIN_SECONDS, TimeUnit.SECONDS);
      return !ended || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The command that opens a file with whatever the user has for pages; empty if there is none. */
  static Optional<List<String>> command(Map<String, String> environment, String os, Path file) {
    if (os.startsWith("Mac")) {
      return Optional.of(List.of("open", file.toString()));
    }
    if (os.startsWith("Windows")) {
      return Optional.of(
          List.of("rundll32", "url.dll,FileProtocolHandler", file.toUri().toString()));
    }
    boolean screen =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    Optional<String> opener = find(environment, "xdg-open");
    if (!screen || opener.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>();
    find(environment, "setsid").ifPresent(command::add); // it outlives the terminal
    command.add(opener.get());
    command.add(file.toString());
    return Optional.of(command);
  }

  private static Optional<String> find(Map<String, String> environment, String program) {
    for (String dir : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(dir.isEmpty() ? "." : dir, program);
      if (Files.isExecutable(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }

  private static File nothing() {
    return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
