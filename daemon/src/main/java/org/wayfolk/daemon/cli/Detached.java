package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;

/** {@code up -d}: starts the node in the background and reports once it is ready. */
final class Detached {
  private final Wayfolk wayfolk;

  Detached(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  int start(List<String> arguments) throws Failure, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(SameProgram.detached(Program.MAIN, arguments))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw Failure.failed(
          "the node cannot be started in the background (" + e.getMessage() + ")",
          "start it without -d");
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectNode said = Json.parse(line);
        if (said.path("event").asText().equals("ready")) {
          return ready(said, process.pid());
        }
        if (said.has("error")) {
          throw new Failure(
              Exit.of(process.waitFor()), said.path("error").asText(), said.path("do").asText());
        }
        progress(said);
      }
    } catch (IOException e) {
      // Whatever it said, it was not that it is ready.
    }
    throw Failure.failed(
        "the node ended at once (status " + process.waitFor() + ")",
        "start it without -d to see why");
  }

  private void progress(ObjectNode said) {
    wayfolk.voice().result(said);
    if (said.path("event").asText().equals("minting")) {
      wayfolk.voice().progress("  making a new identity: " + said.path("tried") + " keys tried");
    }
  }

  private int ready(ObjectNode said, long pid) {
    Voice voice = wayfolk.voice();
    voice.result(said.put("pid", pid));
    voice.say(
        "%s %s is up in the background, process %d, listening at %s"
            .formatted(
                voice.paint().good("●"),
                voice.paint().strong(said.path("id").asText().substring(0, 8)),
                pid,
                said.path("listen").path(0).asText()));
    voice.say(voice.paint().faint("  `wayfolk status` shows it, `wayfolk down` ends it."));
    return Exit.OK.code();
  }
}
