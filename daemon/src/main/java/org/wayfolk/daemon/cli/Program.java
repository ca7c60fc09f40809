package org.wayfolk.daemon.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one command line. */
public final class Program {
  /** Always UTF-8: what a locale without it would make of signs is worse. */
  static final PrintStream OUT = utf8(FileDescriptor.out);

  static final PrintStream ERR = utf8(FileDescriptor.err);

  /** The main class, for starting this program again. */
  static final String MAIN = "org.wayfolk.daemon.Main";

  private static final Map<String, Function<Wayfolk, Object>> COMMANDS = commands();

  private Program() {}

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  private static Map<String, Function<Wayfolk, Object>> commands() {
    Map<String, Function<Wayfolk, Object>> all = new LinkedHashMap<>();
    all.put("up", UpCommand::new);
    all.put("down", DownCommand::new);
    all.put("status", StatusCommand::new);
    all.put("open", OpenCommand::new);
    all.put("id", IdCommand::new);
    all.put("invite", InviteCommand::new);
    all.put("accept", AcceptCommand::new);
    all.put("contacts", ContactsCommand::new);
    all.put("send", SendCommand::new);
    all.put("chat", ChatCommand::new);
    all.put("history", HistoryCommand::new);
    all.put("show", ShowCommand::new);
    all.put("search", SearchCommand::new);
    all.put("listen", ListenCommand::new);
    all.put("passphrase", KeepCommands.PassphraseCommand::new);
    all.put("lock", KeepCommands.LockCommand::new);
    all.put("unlock", KeepCommands.UnlockCommand::new);
    all.put("backup", KeepCommands.BackupCommand::new);
    all.put("restore", KeepCommands.RestoreCommand::new);
    all.put("ping", PingCommand::new);
    all.put("trace", TraceCommand::new);
    all.put("node", NodeCommand::new);
    all.put("demo", DemoCommand::new);
    all.put("version", VersionCommand::new);
    return all;
  }

  /**
   * Runs it.
   *
   * @return the exit status
   */
  public static int run(String... args) {
    Wayfolk wayfolk = new Wayfolk();
    String[] meant = help(args);
    return line(wayfolk, meant).execute(meant);
  }

  /** {@code help up} is what many type for {@code up --help}. */
  private static String[] help(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    if (args.length > 1 && !COMMANDS.containsKey(args[1])) {
      return Arrays.copyOfRange(args, 1, args.length); // to be told that there is no such command
    }
    String[] meant = Arrays.copyOfRange(args, 1, args.length + 1);
    meant[args.length - 1] = "--help";
    return meant;
  }

  /**
   * What reads a command line; only the command that {@code args} name is loaded, if that is clear.
   */
  static CommandLine line(Wayfolk wayfolk, String... args) {
    CommandLine line = new CommandLine(wayfolk);
    String only = named(args);
    COMMANDS.forEach((name, make) -> {
      if (only == null || only.equals(name)) {
        line.addSubcommand(name, make.apply(wayfolk));
      }
    });
    Ansi ansi = Paint.ofTerminal(Paint.onTerminal()).on() ? Ansi.ON : Ansi.OFF;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    line.setOut(new PrintWriter(OUT, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(ERR, true, StandardCharsets.UTF_8));
    line.setUsageHelpWidth(100);
    HelpPage.arrange(line);
    line.setParameterExceptionHandler((e, given) -> misused(e.getCommandLine(), e, given));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(wayfolk, e));
    return line;
  }

  /**
   * The command that a line names, if that can be told without parsing it; then no other needs to
   * be loaded.
   */
  static @Nullable String named(String... args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--home") || arg.equals("--timeout")) {
        i++;
      } else if (COMMANDS.containsKey(arg)) {
        return arg;
      } else if (!arg.startsWith("-")) {
        return null;
      }
    }
    return null;
  }

  private static int misused(CommandLine at, CommandLine.ParameterException e, String... given) {
    CommandSpec spec = at.getCommandSpec();
    List<String> args = Arrays.asList(given);
    Voice voice =
        new Voice(OUT, ERR, Paint.ofTerminal(Paint.onTerminal()), args.contains("--json"), false);
    voice.error(Misuse.explain(e, spec));
    return Exit.USAGE.code();
  }

  /** Ends a command that goes on printing while nobody reads any more, as behind {@code | head}. */
  static void requireReader(Wayfolk wayfolk) {
    if (wayfolk.voice().gone()) {
      throw new ReaderGone();
    }
  }

  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderGone() {
      super("standard output is closed", null, false, false);
    }
  }

  private static int failed(Wayfolk wayfolk, Exception e) throws Exception {
    return switch (e) {
      case Failure f -> {
        wayfolk.voice().error(f);
        yield f.exit().code();
      }
      case ReaderGone g -> Exit.FAILED.code(); // nobody is there to be told
      case InterruptedException i -> 130;
      default -> throw e;
    };
  }
}
