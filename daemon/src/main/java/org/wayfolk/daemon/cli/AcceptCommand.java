package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code accept}. */
@Command(
    name = "accept",
    headerHeading = "Example: wayfolk accept wayfolk:i1.AAE...%n%n",
    header = "Accepts an invitation: its link, or its five words.",
    description = {
      "",
      "A link also joins the network of whoever made it, and goes on being tried by itself until it"
          + " expires. The words work at once or not at all."
    })
final class AcceptCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Parameters(
      paramLabel = "LINK/CODE",
      arity = "1..*",
      description = "wayfolk:i1... or five words; - reads it from standard input")
  List<String> invitation = List.of();

  @Option(names = "--as", paramLabel = "N", description = "what you will call them")
  @Nullable String as;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "what your friends are told you are called")
  @Nullable String name;

  AcceptCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    String text = PeopleCalls.text(String.join(" ", invitation));
    ObjectNode request =
        ControlClient.request("accept")
            .put("invitation", text.strip())
            .put("as", as)
            .put("name", name);
    Voice voice = wayfolk.voice();
    voice.progress("  waiting for whoever invited you ...");
    ObjectNode friend = PeopleCalls.call(wayfolk, request);
    voice.result(friend);
    String called = Clean.line(friend.path("name").asText());
    voice.result("%s You and %s are friends now.".formatted(voice.paint().good("✓"), called));
    voice.say("Write with    " + voice.paint().strong("wayfolk chat " + Clean.argument(called)));
    voice.say(
        "Make sure it is really them with "
            + voice.paint().strong("wayfolk contacts verify " + Clean.argument(called)));
    return Exit.OK.code();
  }
}
