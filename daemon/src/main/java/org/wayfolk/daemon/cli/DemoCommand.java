package org.wayfolk.daemon.cli;

import java.util.concurrent.Callable;
import org.wayfolk.daemon.demo.Demo;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.Command;

/** {@code demo}. */
@Command(
    name = "demo",
    headerHeading = "Example: wayfolk demo%n%n",
    header = "Shows five nodes at work on this machine.",
    description = {
      "",
      "Two of them have no link of their own and reach each other through the other three, also"
          + " after",
      "one of these was killed. It takes about half a minute and leaves nothing behind."
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
