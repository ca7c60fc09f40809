package org.wayfolk.simulator;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./wayfolk sim}. Status 0 if what was asked for held, 1 if not, 2 if not understood. */
@Command(
    name = "wayfolk sim",
    description = "Simulates whole networks on a virtual clock.",
    mixinStandardHelpOptions = true,
    subcommands = {OverlayCommand.class, RoutingCommand.class, WatchCommand.class})
public final class Sim implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  private Sim() {}

  /** The program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Sim()).execute(args));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
  }
}
