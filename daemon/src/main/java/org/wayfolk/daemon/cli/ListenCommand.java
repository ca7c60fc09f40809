package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code listen}. */
@Command(
    name = "listen",
    headerHeading = "Example: wayfolk listen%n%n",
    header = "Prints what friends have written and you have not read, then what they write.",
    description = {"", "It does not mark anything as read; `chat` and `history` do."})
final class ListenCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;
  private long shown;

  @Option(names = "-n", paramLabel = "COUNT", description = "end after so many messages")
  @Nullable Integer count;

  @Option(names = "--with", paramLabel = "WHO", description = "only from this friend")
  @Nullable String who;

  @Option(
      names = "--all",
      description = "also your own messages, their progress, changes and new friends; for scripts")
  boolean all;

  ListenCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    if (count != null && count < 1) {
      throw Failure.usage("-n " + count + " is no number of messages", "use 1 or more");
    }
    ObjectNode request =
        ControlClient.request("listen").put("who", who).put("all", all).put("unread", true);
    if (count != null) {
      request.put("count", count);
    }
    Voice voice = wayfolk.voice();
    Duration limit = wayfolk.timed() ? wayfolk.timeout() : null;
    try (ControlClient client = wayfolk.connect()) {
      if (Paint.onTerminal()) {
        voice.say(voice.paint().faint("Listening. Ctrl-C ends it."));
      }
      ObjectNode end = client.call(request, limit, this::show);
      if (end.path("missed").asLong() > 0) {
        voice.warn("some news came too fast to be shown", "`wayfolk history WHO` has everything");
      }
      return Exit.OK.code();
    } catch (Failure e) {
      if (e.exit() == Exit.TIMED_OUT && limit != null) {
        String time = Wording.seconds(limit.toNanos() / 1e9);
        String what = shown == 0 ? "nobody wrote in " + time : "listened as long as told, " + time;
        throw new Failure(Exit.TIMED_OUT, what, "leave --timeout away to listen for ever");
      }
      throw e;
    }
  }

  private void show(ObjectNode event) {
    Voice voice = wayfolk.voice();
    voice.result(event);
    if (event.path("kind").asText().equals("message")) {
      shown++;
      voice.result(PeopleCalls.line(voice.paint(), event, true));
    } else if (event.path("kind").asText().equals("met")) {
      voice.result("You and " + event.path("name").asText() + " are friends now.");
    }
    Program.requireReader(wayfolk);
  }
}
