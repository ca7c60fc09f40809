package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Table;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contacts} and what can be done to one. */
@Command(
    name = "contacts",
    headerHeading = "Example: wayfolk contacts%n%n",
    header = "Lists your friends; renames, blocks, removes or verifies one.")
final class ContactsCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  ContactsCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure {
    Voice voice = wayfolk.voice();
    ObjectNode all = PeopleCalls.call(wayfolk, ControlClient.request("contacts"));
    voice.result(all);
    if (all.path("contacts").isEmpty()) {
      voice.result("No friends yet. `wayfolk invite` makes an invitation.");
    } else {
      Table table = new Table(false, false, true);
      for (JsonNode c : all.path("contacts")) {
        int unread = c.path("unread").asInt();
        table.row(
            Clean.line(c.path("name").asText()), state(c), unread == 0 ? "" : unread + " unread");
      }
      table.lines("").forEach(voice::result);
    }
    return Exit.OK.code();
  }

  private static String state(JsonNode c) {
    if (c.path("blocked").asBoolean()) {
      return "blocked";
    }
    return c.path("verified").asBoolean() ? "verified" : "not verified";
  }

  @Command(
      name = "rename",
      headerHeading = "Example: wayfolk contacts rename friend-3fa2c1 Ben%n%n",
      header = "Calls a friend otherwise; only you see it.")
  int rename(
      @Parameters(paramLabel = "WHO", description = "a friend") String who,
      @Parameters(paramLabel = "NAME", description = "the new name") String name)
      throws Failure {
    ObjectNode c = act(request(who, "rename").put("name", name));
    wayfolk.voice().result("They are called " + Clean.line(c.path("name").asText()) + " now.");
    return Exit.OK.code();
  }

  @Command(
      name = "block",
      headerHeading = "Example: wayfolk contacts block Ben%n%n",
      header = "Meets what a friend sends with silence.")
  int block(@Parameters(paramLabel = "WHO", description = "a friend") String who) throws Failure {
    act(request(who, "block"));
    wayfolk.voice().result(who + " is blocked; they are not told.");
    return Exit.OK.code();
  }

  @Command(
      name = "unblock",
      headerHeading = "Example: wayfolk contacts unblock Ben%n%n",
      header = "Takes what a friend sends again.")
  int unblock(@Parameters(paramLabel = "WHO", description = "a friend") String who) throws Failure {
    act(request(who, "unblock"));
    wayfolk.voice().result(who + " is no longer blocked.");
    return Exit.OK.code();
  }

  @Command(
      name = "remove",
      headerHeading = "Example: wayfolk contacts remove Ben --yes%n%n",
      header = "Forgets a friend and the whole conversation, here only.")
  int remove(
      @Parameters(paramLabel = "WHO", description = "a friend") String who,
      @Option(names = "--yes", description = "do not ask") boolean yes)
      throws Failure {
    confirm("Forget " + who + " and all that was written?", yes);
    act(request(who, "remove"));
    wayfolk.voice().result(who + " is forgotten here.");
    return Exit.OK.code();
  }

  @Command(
      name = "verify",
      headerHeading = "Example: wayfolk contacts verify Ben%n%n",
      header = "Shows twelve words and a QR: if your friend sees the same, nobody is between you.")
  int verify(
      @Parameters(paramLabel = "WHO", description = "a friend") String who,
      @Option(names = "--same", description = "we have compared them, they are the same")
          boolean same,
      @Option(names = "--different", description = "we have compared them, they are not the same")
          boolean different,
      @Option(
              names = "--qr",
              paramLabel = "TEXT",
              description = "what was scanned from the friend's QR; - reads it from standard input")
          @Nullable String qr)
      throws Failure {
    if (qr != null) {
      act(request(who, "scanned").put("qr", PeopleCalls.text(qr).strip()));
      wayfolk.voice().result(wayfolk.voice().paint().good("✓") + " " + who + " is verified.");
    } else if (same || different) {
      act(request(who, "verified").put("same", same));
      wayfolk
          .voice()
          .result(
              same
                  ? wayfolk.voice().paint().good("✓") + " " + who + " is verified."
                  : who + " is not verified: do not trust this contact before you know why.");
    } else {
      show(who, act(request(who, "words")));
    }
    return Exit.OK.code();
  }

  private void show(String who, ObjectNode shown) {
    Voice voice = wayfolk.voice();
    Paint paint = voice.paint();
    if (paint.on()) {
      TerminalQr.lines(shown.path("qr").asText()).forEach(voice::say);
    }
    StringBuilder words = new StringBuilder();
    int n = 0;
    for (JsonNode w : shown.path("words")) {
      words
          .append(n++ % 4 == 0 ? "\n  " : "  ")
          .append(String.format(Locale.ROOT, "%-9s", w.asText()));
    }
    voice.result(paint.strong(words.toString().stripTrailing()) + "\n");
    voice.say("Let " + Clean.line(who) + " read theirs to you, in a call or face to face. Then:");
    voice.say("  the same:     wayfolk contacts verify --same " + Clean.argument(who));
    voice.say("  not the same: somebody is between you; do not trust this contact");
  }

  private ObjectNode request(String who, String act) {
    return ControlClient.request("contact").put("who", who).put("act", act);
  }

  private ObjectNode act(ObjectNode request) throws Failure {
    ObjectNode done = PeopleCalls.call(wayfolk, request);
    wayfolk.voice().result(done);
    return done;
  }

  private void confirm(String question, boolean yes) throws Failure {
    if (yes) {
      return;
    }
    Console console = Paint.onTerminal() ? System.console() : null;
    if (console == null || wayfolk.voice().json()) {
      throw Failure.usage("this cannot be undone", "say --yes if you mean it");
    }
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw Failure.failed("nothing was changed", "");
    }
  }
}
