package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;

/** {@code node listen}. */
final class NodeListen {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Wayfolk wayfolk;

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
    ObjectNode request = ControlClient.request("listen");
    if (count != null) {
      request.put("count", count);
    }
    Duration limit = wayfolk.timed() ? wayfolk.timeout() : null;
    Voice voice = wayfolk.voice();
    try (ControlClient client = wayfolk.connect()) {
      voice.say(voice.paint().faint("Listening. Ctrl-C ends it."));
      ObjectNode end = client.call(request, limit, this::show);
      long missed = end.path("missed").asLong();
      if (missed > 0) {
        voice.warn(missed + " messages were dropped before they could be shown", "");
      }
      return Exit.OK.code();
    }
  }

  private void show(ObjectNode message) {
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
                Clean.line(message.path("text").asText())));
  }
}
