package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code invite}. */
@Command(
    name = "invite",
    headerHeading = "Example: wayfolk invite --name Ann%n%n",
    header = "Makes an invitation: a link, a QR to be scanned, and five words to be spoken.",
    description = {
      "",
      "Whoever has one of them first becomes your friend, so give it to one person only, over a"
          + " channel that you both trust. The link is good for a week, the words for ten minutes;"
          + " each works once."
    })
final class InviteCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "what your friends are told you are called")
  @Nullable String name;

  @Option(names = "--as", paramLabel = "N", description = "what you will call who accepts it")
  @Nullable String as;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "how long the link is good (default: 168)")
  @Nullable Integer hours;

  @Option(
      names = "--cancel",
      paramLabel = "NUMBER",
      description = "take an invitation back by its number")
  @Nullable Long cancel;

  InviteCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    if (hours != null && (hours < 1 || hours > 720)) {
      throw Failure.usage("--hours " + hours + " is out of range", "use 1 to 720");
    }
    ObjectNode request = ControlClient.request("invite").put("name", name).put("as", as);
    if (hours != null) {
      request.put("validForS", hours * 3_600L);
    }
    if (cancel != null) {
      request.put("cancel", cancel);
    }
    Voice voice = wayfolk.voice();
    ObjectNode made = PeopleCalls.call(wayfolk, request);
    voice.result(made);
    if (cancel != null) {
      voice.result("Invitation " + cancel + " is taken back.");
    } else {
      show(voice, made);
    }
    return Exit.OK.code();
  }

  private static void show(Voice voice, ObjectNode made) {
    Paint paint = voice.paint();
    String link = made.path("link").asText();
    if (paint.on()) {
      TerminalQr.lines(link).forEach(voice::say);
    }
    voice.result(link);
    voice.say("");
    voice.say("Your friend types    " + paint.strong("wayfolk accept LINK"));
    voice.say(
        paint.faint("  good until " + PeopleCalls.when(made.path("expires").asText()) + ", once"));
    voice.say(
        "or, in this network, " + paint.strong("wayfolk accept " + made.path("code").asText()));
    voice.say(
        paint.faint("  five words to be spoken, good until ")
            + paint.faint(PeopleCalls.when(made.path("codeExpires").asText()) + ", once"));
    voice.say(
        paint.faint(
            "Take it back with `wayfolk invite --cancel "
                + made.path("invitation").asLong()
                + "`."));
  }
}
