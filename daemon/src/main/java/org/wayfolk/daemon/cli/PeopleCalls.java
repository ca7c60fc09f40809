package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;

/** What the commands about people have in common: asking the node, secrets, times, lines. */
final class PeopleCalls {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT);

  /** A text that is read from standard input may be this long and is then refused in words. */
  private static final int MAX_INPUT = 1 << 20;

  private PeopleCalls() {}

  /** Asks the running node, and waits for as long as it may take. */
  static ObjectNode call(Wayfolk wayfolk, ObjectNode request) throws Failure {
    request.put("timeoutMs", wayfolk.timeout().toMillis());
    Duration limit = wayfolk.timeout().plus(NodeSend.GRACE);
    try (ControlClient client = wayfolk.connect()) {
      return client.call(request, limit);
    }
  }

  /** {@code -} stands for standard input, which other users cannot read. */
  static String text(String argument) throws Failure {
    if (!argument.equals("-")) {
      return argument;
    }
    try (InputStream in = System.in) {
      byte[] bytes = in.readNBytes(MAX_INPUT);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read", "give the text as an argument");
    }
  }

  /** Asks for a passphrase without showing it; without a terminal it is one line of input. */
  static String passphrase(String prompt, boolean twice) throws Failure {
    Console console = Paint.onTerminal() ? System.console() : null;
    if (console == null) {
      return base64(line());
    }
    char[] first = console.readPassword("%s: ", prompt);
    if (first == null || first.length == 0) {
      throw Failure.usage("no passphrase was typed", "type it again");
    }
    if (twice && !Arrays.equals(first, console.readPassword("The same once more: "))) {
      throw Failure.usage("the two are not the same", "type it again");
    }
    return base64(new String(first));
  }

  /** Asks for the recovery words, as typed; without a terminal they are one line of input. */
  static String recoveryWords() throws Failure {
    Console console = Paint.onTerminal() ? System.console() : null;
    String typed = console == null ? line() : console.readLine("Your 24 recovery words: ");
    if (typed == null || typed.isBlank()) {
      throw Failure.usage("no words were typed", "type all 24, in their order");
    }
    return typed;
  }

  /**
   * One line of standard input; byte by byte, so that the next line stays for the next question.
   */
  private static String line() throws Failure {
    StringBuilder out = new StringBuilder();
    byte[] bytes = new byte[4_096];
    int n = 0;
    try {
      for (int b = System.in.read();
          b >= 0 && b != '\n' && n < bytes.length;
          b = System.in.read()) {
        bytes[n++] = (byte) b;
      }
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read", "run it in a terminal");
    }
    out.append(new String(bytes, 0, n, StandardCharsets.UTF_8).stripTrailing());
    if (out.isEmpty()) {
      throw Failure.usage("nothing was given", "type it, or give it on standard input");
    }
    return out.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time as people say it today. */
  static String when(String iso) {
    ZonedDateTime t = Instant.parse(iso).atZone(ZoneId.systemDefault());
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    if (t.toLocalDate().equals(today)) {
      return CLOCK.format(t);
    }
    return (t.getYear() == today.getYear() ? DAY : YEAR).format(t);
  }

  /** The mark behind a message of ours. */
  static String mark(Paint paint, String state) {
    return switch (state) {
      case "queued" -> paint.notice("⧖");
      case "sent" -> paint.faint("✓");
      case "delivered" -> paint.good("✓✓");
      case "read" -> paint.good("✓✓ read");
      case "failed" -> paint.bad("✗ not sent");
      default -> "";
    };
  }

  /** One line of a conversation, for a terminal. */
  static String line(Paint paint, JsonNode m, boolean named) {
    String time = paint.faint(when(m.path("at").asText()));
    if (m.has("note")) {
      return time + "  " + paint.faint("· " + m.path("text").asText());
    }
    boolean mine = m.path("from").asText().equals("me");
    String who = mine ? paint.faint("me") : paint.strong(Clean.line(m.path("from").asText()));
    if (named && mine && !m.path("with").asText().equals("me")) {
      who = paint.faint("me → ") + Clean.line(m.path("with").asText());
    }
    String text =
        m.path("deleted").asBoolean()
            ? paint.faint("(deleted)")
            : Clean.lines(m.path("text").asText()).replace("\n", "\n       ");
    StringBuilder out = new StringBuilder(time).append("  ").append(who).append("  ");
    if (m.has("replyTo")) {
      out.append(paint.faint("↩ "));
    }
    out.append(text);
    if (m.path("edited").asBoolean()) {
      out.append(paint.faint(" (edited)"));
    }
    for (JsonNode r : m.path("reactions")) {
      out.append(' ').append(Clean.line(r.path("emoji").asText()));
    }
    String mark = mine ? mark(paint, m.path("state").asText()) : "";
    return mark.isEmpty() ? out.toString() : out + "  " + mark;
  }
}
