package org.wayfolk.daemon.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's name, and the options that every command takes, before or behind its name. */
@Command(
    name = "wayfolk",
    headerHeading = "Example: wayfolk up%n%n",
    header = "Finds people and programs by their key, through ordinary nodes, without servers.",
    synopsisHeading = "%nUsage: ",
    abbreviateSynopsis = true,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    scope = ScopeType.INHERIT)
final class Wayfolk implements Callable<Integer> {
  /** Longest time to wait that may be asked for. */
  static final int MAX_SECONDS = 600;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "directory of the node (default: $$WAYFOLK_HOME or the system's place)")
  @Nullable Path home;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "lines of JSON for scripts")
  boolean json;

  @Option(names = "-q", scope = ScopeType.INHERIT, description = "say only what was asked for")
  boolean quiet;

  @Option(names = "-v", scope = ScopeType.INHERIT, description = "say more in the log")
  boolean verbose;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      description = "how long to wait (default: 30)")
  @Nullable Double timeout;

  private @Nullable Voice voice;

  @Override
  public Integer call() {
    if (spec == null || json) {
      voice().error(Failure.usage("no command given", "see `wayfolk --help`"));
    } else {
      spec.commandLine().usage(Program.ERR);
    }
    return Exit.USAGE.code();
  }

  /** The home this command is about. */
  Path home() {
    if (home != null) {
      return home;
    }
    String own = System.getenv("HOME"); // what a shell takes for ~, whatever the user database says
    Path user = Path.of(own == null || own.isEmpty() ? System.getProperty("user.home") : own);
    return Home.standard(System.getenv(), System.getProperty("os.name"), user);
  }

  /** How this command speaks. */
  Voice voice() {
    Voice v = voice;
    if (v == null) {
      Paint paint = Paint.ofTerminal(!json && Paint.onTerminal());
      v = new Voice(Program.OUT, Program.ERR, paint, json, quiet);
      voice = v;
    }
    return v;
  }

  /** How long to wait. */
  Duration timeout() throws Failure {
    double seconds = timeout == null ? 30 : timeout;
    if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
      throw Failure.usage(
          "--timeout " + String.valueOf(timeout).replaceFirst("\\.0$", "") + " is out of range",
          "use more than 0 and at most 600 seconds");
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** Whether the user said how long to wait. */
  boolean timed() {
    return timeout != null;
  }

  /** A connection to the node that runs on this home. */
  ControlClient connect() throws Failure {
    timeout(); // a wrong one is said before anything else
    Home.look(home());
    return ControlClient.connect(Home.socketOf(home()));
  }
}
