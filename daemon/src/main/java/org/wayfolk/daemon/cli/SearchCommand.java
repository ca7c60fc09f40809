package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}. */
@Command(
    name = "search",
    headerHeading = "Example: wayfolk search train tick%n%n",
    header =
        "Finds messages that have all these words, the last also as a beginning; newest first.")
final class SearchCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Parameters(
      paramLabel = "WORD",
      arity = "1..*",
      description = "words; their case does not matter")
  List<String> words = List.of();

  @Option(names = "--with", paramLabel = "WHO", description = "only with this friend")
  @Nullable String who;

  @Option(names = "-n", paramLabel = "COUNT", description = "how many at most (default: 50)")
  int count = 50;

  SearchCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    if (count < 1 || count > 1_000) {
      throw Failure.usage("-n " + count + " is out of range", "use 1 to 1,000");
    }
    ObjectNode request =
        ControlClient.request("search")
            .put("query", String.join(" ", words))
            .put("who", who)
            .put("count", count);
    HistoryCommand.print(
        wayfolk.voice(), PeopleCalls.call(wayfolk, request), true, "Nothing has all these words.");
    return Exit.OK.code();
  }
}
