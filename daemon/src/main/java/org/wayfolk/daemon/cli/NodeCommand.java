package org.wayfolk.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node}: what developers do with the bare overlay. */
@Command(
    name = "node",
    headerHeading = "Example: wayfolk node listen%n%n",
    header =
        "Raw overlay messages, for developers. For friends see `wayfolk send` and `wayfolk"
            + " listen`.")
final class NodeCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  private final Wayfolk wayfolk;

  NodeCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Command(
      name = "send",
      headerHeading = "Example: wayfolk node send 3f2a...9c hello%n%n",
      header = "Sends one raw message and waits for its receipt.")
  int send(
      @picocli.CommandLine.Parameters(
              paramLabel = "WHO",
              description = "ID or ID@HOST:PORT of the receiver")
          String who,
      @picocli.CommandLine.Parameters(
              paramLabel = "TEXT",
              description = "the message; - reads it from standard input, unseen by other users")
          String text)
      throws Exception {
    return new NodeSend(wayfolk).run(who, text);
  }

  @Command(
      name = "listen",
      headerHeading = "Example: wayfolk node listen%n%n",
      header = "Prints the raw messages that nobody has read yet, then those that come.",
      description = {
        "",
        "The node keeps at most 1,000 unread ones in memory: they are lost when it ends, and a full"
            + " memory refuses more."
      })
  int listen(
      @picocli.CommandLine.Option(
              names = "-n",
              paramLabel = "COUNT",
              description = "end after so many messages")
          @Nullable Integer count)
      throws Exception {
    return new NodeListen(wayfolk).run(count);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "`wayfolk node` needs a command, `send` or `listen`");
    }
  }
}
