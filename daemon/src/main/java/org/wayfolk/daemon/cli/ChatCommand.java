package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code chat}. */
@Command(
    name = "chat",
    headerHeading = "Example: wayfolk chat Ben%n%n",
    header =
        "A conversation in the terminal: write lines, see what comes and what became of yours.",
    description = {
      "",
      "Enter sends. ⧖ kept here, ✓ on its way, ✓✓ stored there. /quit or Ctrl-D ends it, and what"
          + " waits goes on by itself. What is shown counts as read."
    })
final class ChatCommand implements Callable<Integer> {
  private static final int BEGINNING = 20;

  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  private final Wayfolk wayfolk;

  /** Ours that have no outcome yet, by id. */
  private final Map<String, ObjectNode> mine = new ConcurrentHashMap<>();

  private final Map<String, Boolean> shownWaiting = new ConcurrentHashMap<>();
  private volatile @Nullable LineReader reader;
  private volatile boolean over;

  @Parameters(paramLabel = "WHO", description = "a friend's name, or me for your notes")
  String who = "";

  ChatCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, IOException {
    Voice voice = wayfolk.voice();
    if (voice.json()) {
      throw Failure.usage("`chat` is for people", "scripts use `send` and `listen --json`");
    }
    ObjectNode history =
        PeopleCalls.call(
            wayfolk, ControlClient.request("history").put("who", who).put("count", BEGINNING));
    for (JsonNode m : history.path("messages")) {
      print(PeopleCalls.line(voice.paint(), m, false));
      seen(m);
    }
    Thread listener = Thread.ofVirtual().start(this::follow);
    try (ControlClient client = wayfolk.connect();
        Terminal terminal = terminal()) {
      LineReader lines = LineReaderBuilder.builder().terminal(terminal).appName("wayfolk").build();
      lines.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION); // a "!" is only a "!"
      lines.setOpt(LineReader.Option.ERASE_LINE_ON_FINISH); // it comes back with its mark
      reader = lines;
      converse(client, lines);
    } finally {
      over = true;
      reader = null;
      listener.interrupt();
    }
    return Exit.OK.code();
  }

  private static Terminal terminal() throws IOException {
    return TerminalBuilder.builder().system(true).dumb(true).build();
  }

  private void converse(ControlClient client, LineReader lines) throws Failure {
    String prompt = Paint.onTerminal() ? Clean.line(who) + " › " : "";
    while (true) {
      String line;
      try {
        line = lines.readLine(prompt);
      } catch (EndOfFileException | UserInterruptException end) {
        return;
      }
      if (line.isBlank()) {
        continue;
      }
      if (line.strip().equals("/quit")) {
        return;
      }
      say(client, line);
    }
  }

  /** Returns once it is stored here: what becomes of it is told when it is known. */
  private void say(ControlClient client, String text) throws Failure {
    ObjectNode request =
        ControlClient.request("send").put("who", who).put("text", text).put("timeoutMs", 1);
    try {
      client.call(request, wayfolk.timeout().plus(NodeSend.GRACE));
    } catch (Failure f) {
      if (f.exit() == Exit.NOT_RUNNING) {
        throw f;
      }
      print(wayfolk.voice().paint().bad("not sent: ") + f.line());
    }
  }

  private void follow() {
    ObjectNode request = ControlClient.request("listen").put("who", who).put("all", true);
    try (ControlClient client = wayfolk.connect()) {
      client.call(request, null, this::told);
    } catch (Failure f) {
      if (!over) {
        print(wayfolk.voice().paint().bad("wayfolk: ") + f.line());
      }
    }
  }

  private void told(ObjectNode event) {
    Paint paint = wayfolk.voice().paint();
    String id = event.path("message").asText();
    switch (event.path("kind").asText()) {
      case "message" -> {
        if (event.path("from").asText().equals("me")) {
          mine.put(id, event);
          Thread.ofVirtual().start(() -> showWaiting(id));
        } else {
          print(PeopleCalls.line(paint, event, false));
          seen(event);
        }
      }
      case "progress" -> {
        String state = event.path("state").asText();
        ObjectNode line = mine.get(id);
        if (line != null && (state.equals("delivered") || state.equals("failed"))) {
          mine.remove(id);
          if (shownWaiting.remove(id) == null) {
            print(PeopleCalls.line(paint, line.put("state", state), false));
          } else {
            String text = beginning(line.path("text").asText());
            print("       " + PeopleCalls.mark(paint, state) + paint.faint("  " + text));
          }
        }
      }
      default -> {}
    }
  }

  /** Most arrive at once and are shown with their outcome; what takes longer is shown waiting. */
  private void showWaiting(String id) {
    try {
      Thread.sleep(AT_ONCE);
    } catch (InterruptedException e) {
      return;
    }
    ObjectNode line = mine.get(id);
    if (line != null && !over) {
      shownWaiting.put(id, true);
      print(PeopleCalls.line(wayfolk.voice().paint(), line, false));
    }
  }

  private static String beginning(String text) {
    String line = Clean.line(text);
    return line.length() <= 40 ? line : line.substring(0, 39) + "…";
  }

  /** What was shown was read. */
  private void seen(JsonNode m) {
    if (m.path("from").asText().equals("me") || m.has("note")) {
      return;
    }
    try (ControlClient client = wayfolk.connect()) {
      ObjectNode request =
          ControlClient.request("read").put("who", who).put("message", m.path("message").asText());
      client.call(request, NodeSend.GRACE);
    } catch (Failure f) {
      // It stays unread; the next look at it says so again.
    }
  }

  /** Above the line that is being typed. */
  private void print(String line) {
    LineReader r = reader;
    if (r != null) {
      r.printAbove(line);
    } else {
      Program.OUT.println(line);
    }
  }
}
