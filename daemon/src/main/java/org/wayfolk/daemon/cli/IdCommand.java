package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.identity.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code id}. */
@Command(
    name = "id",
    headerHeading = "Example: wayfolk id%n%n",
    header =
        "Shows this node's id, by which others reach it, whether it runs or not; or your recovery"
            + " words.")
final class IdCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Option(names = "--qr", description = "show it as a QR too")
  boolean qr;

  @Option(
      names = "--words",
      description = "show your 24 recovery words: write them down, then say --words-written")
  boolean words;

  @Option(
      names = "--words-written",
      description = "they are on paper: this home forgets them for good")
  boolean wordsWritten;

  IdCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    return words || wordsWritten ? person() : node();
  }

  /** Of the person whose home this is; the node must run. */
  private int person() throws Failure {
    Voice voice = wayfolk.voice();
    ObjectNode request = ControlClient.request("me").put(words ? "words" : "wordsKept", true);
    ObjectNode me = PeopleCalls.call(wayfolk, request);
    voice.result(me);
    if (wordsWritten) {
      voice.result("They are forgotten here. Keep the paper: nothing else brings you back.");
      return Exit.OK.code();
    }
    StringBuilder out = new StringBuilder();
    int n = 0;
    for (JsonNode word : me.path("words")) {
      out.append(n % 4 == 0 && n > 0 ? "\n" : "");
      out.append(String.format(Locale.ROOT, "%3d %-9s", ++n, word.asText()));
    }
    voice.result(voice.paint().strong(out.toString()));
    voice.say("");
    voice.say("Whoever has these words is you. Write them on paper, keep it safe, then run");
    voice.say("`wayfolk id --words-written`, and they are forgotten here.");
    return Exit.OK.code();
  }

  private int node() throws Failure {
    Identity identity =
        Home.identity(wayfolk.home())
            .orElseThrow(() ->
                Failure.failed(
                    "there is no identity in " + wayfolk.home() + " yet",
                    "the first `wayfolk up` makes one"));
    try (identity) {
      String hex = identity.id().hex();
      if (qr) {
        TerminalQr.lines(hex).forEach(wayfolk.voice()::say);
      }
      wayfolk.voice().result(hex);
      wayfolk.voice().result(Json.object().put("id", hex));
      return Exit.OK.code();
    }
  }
}
