package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.process.Browser;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code open}. */
@Command(
    name = "open",
    headerHeading = "Example: wayfolk open%n%n",
    header = "Opens the page of the running node in the browser.",
    description = {
      "",
      "The browser gets a code that works once and for a minute. The word shown here must be the",
      "word that the page shows: else it is the page of something else."
    })
final class OpenCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Option(
      names = "--print",
      description = "open nothing, print the address with the code; whoever sees it can use it")
  boolean print;

  @Option(names = "--forget", description = "sign all open pages out")
  boolean forget;

  OpenCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    Voice voice = wayfolk.voice();
    ObjectNode request = ControlClient.request("open");
    try (ControlClient client = wayfolk.connect()) {
      if (forget) {
        ObjectNode done = client.call(request.put("forget", true), wayfolk.timeout());
        voice.say("All pages are signed out; `wayfolk open` opens a new one.");
        voice.result(done);
        return Exit.OK.code();
      }
      show(client.call(request, wayfolk.timeout()));
    }
    return Exit.OK.code();
  }

  private void show(ObjectNode opened) throws InterruptedException {
    Voice voice = wayfolk.voice();
    String url = opened.path("url").asText();
    boolean shown = !print && Browser.open(Path.of(opened.path("file").asText()));
    if (shown) {
      opened.remove("url"); // it holds the code, and is of no more use
      opened.remove("file");
    }
    voice.result(opened.put("opened", shown));
    if (opened.path("moved").asBoolean()) {
      voice.warn(
          "another program had taken the page's port, so the page has a new one",
          "pages that were open are signed out; close them");
    }
    String word = voice.paint().strong(opened.path("word").asText());
    if (shown) {
      voice.result("Opened " + opened.path("address").asText() + " in your browser.");
      voice.say("  The page must show the word " + word + ".");
      voice.say(
          voice.paint().faint("  Nothing opened? Use the address of `wayfolk open --print`."));
      return;
    }
    if (!print) {
      voice.say("No browser could be started here. Within a minute, open this in one yourself:");
    }
    voice.result(url);
    voice.say("  The page must show the word " + word + ".");
  }
}
