package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}. */
@Command(
    name = "history",
    headerHeading = "Example: wayfolk history Ben%n%n",
    header = "Shows the last messages with a friend, oldest first.")
final class HistoryCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Parameters(paramLabel = "WHO", description = "a friend's name, or me for your notes")
  String who = "";

  @Option(names = "-n", paramLabel = "COUNT", description = "how many, up to 1,000 (default: 50)")
  int count = 50;

  @Option(names = "--before", paramLabel = "MESSAGE", description = "only those before this one")
  @Nullable String before;

  HistoryCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    if (count < 1 || count > 1_000) {
      throw Failure.usage("-n " + count + " is out of range", "use 1 to 1,000");
    }
    ObjectNode request =
        ControlClient.request("history").put("who", who).put("count", count).put("before", before);
    print(wayfolk.voice(), PeopleCalls.call(wayfolk, request), false, "Nothing was written yet.");
    return Exit.OK.code();
  }

  /** Prints lines of conversations. */
  static void print(Voice voice, ObjectNode answer, boolean named, String nothing) {
    voice.result(answer);
    if (answer.path("messages").isEmpty()) {
      voice.say(nothing);
    }
    for (JsonNode m : answer.path("messages")) {
      voice.result(PeopleCalls.line(voice.paint(), m, named));
    }
  }
}
