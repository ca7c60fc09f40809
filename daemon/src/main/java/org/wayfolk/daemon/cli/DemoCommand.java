package org.wayfolk.daemon.cli;

import java.util.concurrent.Callable;
import org.wayfolk.daemon.demo.Demo;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.Command;

/** {@code demo}. */
@Command(
    name = "demo",
    header = {"Example: wayfolk demo", ""},
    description = {
      "Starts five nodes on this machine and shows how two of them, which have no link of their"
          + " own,",
      "reach each other through the others, also after one of these was killed. Leaves nothing"
          + " behind."
    })
final class DemoCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  DemoCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    new Demo(wayfolk.voice(), Program.MAIN).run();
    return Exit.OK.code();
  }
}
