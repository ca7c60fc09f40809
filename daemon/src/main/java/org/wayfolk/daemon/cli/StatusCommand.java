package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
    name = "status",
    headerHeading = "Example: wayfolk status --peers%n%n",
    header = "Shows how the running node is: its links, and what it carried today.")
final class StatusCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Option(names = "--peers", description = "every link, by level")
  boolean peers;

  @Option(names = "--watch", description = "again every second, until Ctrl-C")
  boolean watch;

  StatusCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    ObjectNode request = ControlClient.request("status");
    try (ControlClient client = wayfolk.connect()) {
      if (watch) {
        client.call(
            request.put("watch", true),
            null,
            status -> {
              show(status);
              Program.requireReader(wayfolk);
            });
      } else {
        show(client.call(request, wayfolk.timeout()));
      }
      return Exit.OK.code();
    }
  }

  private void show(ObjectNode status) {
    Voice voice = wayfolk.voice();
    voice.result(status);
    if (voice.json()) {
      return;
    }
    List<String> lines =
        new StatusText(voice.paint(), System.currentTimeMillis()).of(status, peers);
    if (watch && voice.paint().on()) {
      // Home, text with each line's rest cleared, then what is below: no flicker.
      voice.result("\u001b[H" + String.join("\u001b[K\n", lines) + "\u001b[K\u001b[J");
    } else {
      lines.forEach(voice::result);
      if (watch) {
        voice.result("");
      }
    }
  }
}
