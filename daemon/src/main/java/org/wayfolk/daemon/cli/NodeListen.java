package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;

/** {@code node listen}. */
final class NodeListen {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Wayfolk wayfolk;
  private long shown;

  NodeListen(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  /**
   * Listens.
   *
   * @param count messages to end after; null goes on until the user or the node ends it
   */
  int run(@Nullable Integer count) throws Failure {
    if (count != null && count < 1) {
      throw Failure.usage("-n " + count + " is no number of messages", "use 1 or more");
    }
    ObjectNode request = ControlClient.request("node.listen");
    if (count != null) {
      request.put("count", count);
    }
    Duration limit = wayfolk.timed() ? wayfolk.timeout() : null;
    Voice voice = wayfolk.voice();
    try (ControlClient client = wayfolk.connect()) {
      if (Paint.onTerminal()) {
        voice.say(voice.paint().faint("Listening. Ctrl-C ends it."));
      }
      ObjectNode end = listen(client, request, limit);
      long missed = end.path("missed").asLong();
      if (missed > 0) {
        voice.warn(missed + " messages were dropped before they could be shown", "");
      }
      return Exit.OK.code();
    }
  }

  private ObjectNode listen(ControlClient client, ObjectNode request, @Nullable Duration limit)
      throws Failure {
    try {
      return client.call(request, limit, this::show);
    } catch (Failure e) {
      if (e.exit() == Exit.TIMED_OUT && limit != null) {
        String time = Wording.seconds(limit.toNanos() / 1e9);
        String what = shown == 0 ? "no message came in " : "listened as long as told, ";
        throw new Failure(Exit.TIMED_OUT, what + time, "leave --timeout away to listen for ever");
      }
      throw e;
    }
  }

  private void show(ObjectNode message) {
    shown++;
    print(message);
    Program.requireReader(wayfolk);
  }

  private void print(ObjectNode message) {
    Voice voice = wayfolk.voice();
    voice.result(message);
    String from = message.path("from").asText();
    String time = CLOCK.format(Instant.ofEpochMilli(message.path("atMs").asLong()));
    String how = message.path("protection").asText();
    String note = how.equals("sealed") ? "" : " [" + how + "]";
    voice.result(
        "%s  %s%s  %s"
            .formatted(
                voice.paint().faint(time),
                voice.paint().strong(from.substring(0, Math.min(8, from.length()))),
                note,
                text(voice, message)));
  }

  /** Bytes that are no text would fill the screen with signs that say nothing. */
  private static String text(Voice voice, ObjectNode message) {
    String text = message.path("text").asText();
    if (message.has("base64")) {
      int bytes = Base64.getDecoder().decode(message.path("base64").asText()).length;
      return voice.paint().faint(Wording.count(bytes, "byte") + " that are no text, see --json");
    }
    return text.isEmpty() ? voice.paint().faint("(empty)") : Clean.line(text);
  }
}
