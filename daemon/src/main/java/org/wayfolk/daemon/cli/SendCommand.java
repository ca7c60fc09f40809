package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}. */
@Command(
    name = "send",
    headerHeading = "Example: wayfolk send Ben \"See you at eight\"%n%n",
    header = "Writes to a friend and waits until it is stored there.",
    description = {
      "",
      "Status 0: it is stored on the friend's device. Status 5: it is kept here and goes on by"
          + " itself until it arrives. WHO may be 'me': notes to yourself."
    })
final class SendCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Parameters(index = "0", paramLabel = "WHO", description = "a friend's name, or me")
  String who = "";

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "up to 64 KiB; - reads it from standard input, unseen by other users")
  String text = "";

  @Option(names = "--reply", paramLabel = "MESSAGE", description = "the message that this answers")
  @Nullable String reply;

  SendCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    ObjectNode request =
        ControlClient.request("send")
            .put("who", who)
            .put("text", PeopleCalls.text(text))
            .put("replyTo", reply);
    ObjectNode answer = PeopleCalls.call(wayfolk, request);
    Voice voice = wayfolk.voice();
    voice.result(answer);
    String message = answer.path("message").asText();
    String shortId = message.substring(0, Math.min(8, message.length()));
    return switch (answer.path("outcome").asText()) {
      case "delivered" -> {
        String name = who.equals("me") ? "your notes" : Clean.line(who);
        voice.result(
            "%s delivered to %s in %s  %s"
                .formatted(
                    voice.paint().good("✓✓"),
                    name,
                    Wording.millis(answer.path("ms").asDouble()),
                    voice.paint().faint(shortId)));
        yield Exit.OK.code();
      }
      case "queued" -> {
        if (!voice.json()) {
          voice.error(
              new Failure(
                  Exit.TIMED_OUT,
                  "not delivered yet (%s), message %s is kept"
                      .formatted(answer.path("reason").asText().replace('_', ' '), shortId),
                  answer.path("do").asText()));
        }
        yield Exit.TIMED_OUT.code();
      }
      default -> {
        if (!voice.json()) {
          voice.error(
              Failure.failed(
                  "not delivered (" + answer.path("reason").asText().replace('_', ' ') + ")",
                  answer.path("do").asText()));
        }
        yield Exit.FAILED.code();
      }
    };
  }
}
