package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.process.SameProgram;

/** What lies in a home with a passphrase, and a home made of a backup, with real processes. */
@Tag("process")
final class OnDiskTest {
  private static final String PASS = "correct horse battery";
  private static final List<String> PLANTED =
      List.of("xylophone", "marimba", "vibraphone", "Zylphiana", "Quorbenius", PASS);

  @TempDir Path tmp;

  private static Ran tried(LiveNode at, String... args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--json", "--home", at.home().toString()));
    return Ran.wayfolk(all.toArray(new String[0]));
  }

  private static ObjectNode run(LiveNode at, String... args) throws Exception {
    Ran ran = tried(at, args);
    assertThat(ran.status()).as(String.join(" ", args) + ": " + ran).isZero();
    return ran.json();
  }

  private static void keep(LiveNode at, String what, String field, String passphrase)
      throws Exception {
    ObjectNode request = ControlClient.request(what);
    request.put(field, base64(passphrase));
    assertThat(at.ask(request).path("state").asText()).isEqualTo("unlocked");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(LiveNode at, String who) throws Exception {
    List<String> out = new ArrayList<>();
    for (JsonNode line : run(at, "history", who).path("messages")) {
      if (!line.has("note")) {
        out.add(line.path("from").asText() + ": " + line.path("text").asText());
      }
    }
    return out;
  }

  /** Names of the files of a home that hold a text, in any of the ways it could lie there. */
  private static List<String> holding(Path home, String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean there =
            bytes
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains(text.toLowerCase(java.util.Locale.ROOT))
                || bytes.contains(base64(text));
        if (there) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  @Test
  void withAPassphraseNoFileOfTheHomeHoldsAWordAndABackupGoesOnElsewhere() throws Exception {
    Path backup = tmp.resolve("backup");
    List<String> history;
    try (LiveNode ben = LiveNode.start(tmp.resolve("ben"), "--network", "local")) {
      try (LiveNode ann = LiveNode.start(tmp.resolve("ann"), "--network", "local")) {
        String link = run(ann, "invite", "--name", "Zylphiana").path("link").asText();
        run(ben, "accept", link, "--name", "Quorbenius");
        run(ann, "send", "Quorbenius", "a planted xylophone");
        keep(ann, "passphrase", "new", PASS);
        run(ann, "send", "Quorbenius", "a planted marimba");
        run(ben, "send", "Zylphiana", "a planted vibraphone");
        assertThat(run(ann, "search", "planted mari").path("messages")).hasSize(1);
        ann.kill();
        for (String word : PLANTED) {
          assertThat(holding(ann.home(), word)).as(word).isEmpty();
        }
        assertThat(holding(ben.home(), "conversation_event"))
            .as("the search itself works")
            .isNotEmpty();
      }
      try (LiveNode ann = LiveNode.start(tmp.resolve("ann"), "--network", "local")) {
        Ran locked = tried(ann, "history", "Quorbenius");
        assertThat(locked.status()).isNotZero();
        assertThat(locked.out() + locked.err()).contains("locked");
        assertThat(tried(ben, "send", "Zylphiana", "a planted trombone", "--timeout", "3").status())
            .as("kept until she unlocks")
            .isEqualTo(5);
        keep(ann, "unlock", "passphrase", PASS);
        Wait.until(
            Duration.ofSeconds(90),
            () -> texts(ann, "Quorbenius").contains("Quorbenius: a planted trombone"));
        history = texts(ann, "Quorbenius");
        assertThat(history)
            .containsExactly(
                "me: a planted xylophone",
                "me: a planted marimba",
                "Quorbenius: a planted vibraphone",
                "Quorbenius: a planted trombone");
        ObjectNode request = ControlClient.request("backup");
        request.put("file", backup.toString()).put("passphrase", base64("of the backup"));
        ann.ask(request);
        ann.terminate();
      }
      restored(ben, backup, history);
    }
  }

  private void restored(LiveNode ben, Path backup, List<String> history) throws Exception {
    Path home = tmp.resolve("ann2");
    List<String> restore = List.of("restore", backup.toString(), "--json", "--home", home + "");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "echo 'of the backup' | \"$@\"", "sh"));
    command.addAll(SameProgram.with(Ran.MAIN, restore));
    Ran ran = Ran.command(command);
    assertThat(ran.status()).as(ran.toString()).isZero();
    try (LiveNode ann = LiveNode.start(home, "--network", "local", "--join", ben.peer())) {
      assertThat(texts(ann, "Quorbenius")).isEqualTo(history);
      String sent =
          run(ann, "send", "Quorbenius", "from my new machine", "--timeout", "60")
              .path("outcome")
              .asText();
      assertThat(sent).isEqualTo("delivered");
      Wait.until(
          Duration.ofSeconds(60),
          () -> texts(ben, "Zylphiana").contains("Zylphiana: from my new machine"));
      assertThat(texts(ben, "Zylphiana")).as("nothing twice").hasSize(history.size() + 1);
      String answer =
          run(ben, "send", "Zylphiana", "welcome back", "--timeout", "60").path("outcome").asText();
      assertThat(answer).isEqualTo("delivered");
      assertThat(texts(ann, "Quorbenius")).endsWith("Quorbenius: welcome back");
      assertThat(run(ben, "history", "Zylphiana").toString()).contains("new_device");
    }
  }
}
