package org.wayfolk.daemon.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that start this program again: same Java, same options, same class path. */
public final class SameProgram {
  /** Options that only one process at a time can have, or that belong to this process alone. */
  private static final List<String> OURS_ALONE =
      List.of(
          "-agentlib:jdwp",
          "-Xrunjdwp",
          "-javaagent:",
          "-XX:AOTCacheOutput",
          "-XX:AOTMode",
          "-XX:AOTConfiguration",
          "-XX:ArchiveClassesAtExit",
          "-XX:StartFlightRecording",
          "-Dsurefire",
          "-Dbasedir",
          "-DlocalRepository");

  private SameProgram() {}

  /**
   * The command line of another process of this program.
   *
   * @param main its main class
   * @param arguments what follows it
   */
  public static List<String> with(String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OURS_ALONE.stream().noneMatch(option::startsWith)) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /**
   * The same in a session of its own where the system has {@code setsid}, so that closing the
   * terminal does not end it.
   */
  public static List<String> detached(String main, List<String> arguments) {
    List<String> command = new ArrayList<>(with(main, arguments));
    for (String dir : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      Path setsid = Path.of(dir.isEmpty() ? "." : dir, "setsid");
      if (Files.isExecutable(setsid)) {
        command.addFirst(setsid.toString());
        break;
      }
    }
    return command;
  }
}
