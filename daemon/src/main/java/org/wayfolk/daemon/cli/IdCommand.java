package org.wayfolk.daemon.cli;

import java.util.concurrent.Callable;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.identity.Identity;
import picocli.CommandLine.Command;

/** {@code id}. */
@Command(
    name = "id",
    headerHeading = "Example: wayfolk id%n%n",
    header = "Shows this node's id, by which others reach it, whether it runs or not.")
final class IdCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  IdCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    Identity identity =
        Home.identity(wayfolk.home())
            .orElseThrow(() ->
                Failure.failed(
                    "there is no identity in " + wayfolk.home() + " yet",
                    "the first `wayfolk up` makes one"));
    try (identity) {
      String hex = identity.id().hex();
      wayfolk.voice().result(hex);
      wayfolk.voice().result(Json.object().put("id", hex));
      return Exit.OK.code();
    }
  }
}
