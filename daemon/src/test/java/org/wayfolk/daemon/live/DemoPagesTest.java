package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Json;

/** The demo for the eye, without an eye: its pages answer, and nothing is left of it. */
@Tag("process")
final class DemoPagesTest {
  @TempDir Path tmp;

  private static ObjectNode page(BufferedReader lines) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ObjectNode step = Json.parse(line);
      assertThat(step.path("ok").asBoolean()).as(line).isTrue();
      if (step.path("step").asText().equals("page")) {
        return step;
      }
    }
    throw new AssertionError("it ended");
  }

  private static int get(ObjectNode page) throws Exception {
    URI at = URI.create(page.path("url").asText());
    URI plain = new URI("http", null, "127.0.0.1", at.getPort(), "/", null, null);
    HttpURLConnection connection = (HttpURLConnection) plain.toURL().openConnection();
    return connection.getResponseCode();
  }

  @Test
  void twoPagesAreServedUntilEnterAndNothingIsLeft() throws Exception {
    List<String> command =
        SameProgram.with(Ran.MAIN, List.of("demo", "--pages", "--print", "--json"));
    command.add(1, "-Djava.io.tmpdir=" + tmp);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader();
        OutputStream typed = process.getOutputStream()) {
      List<ObjectNode> pages = new ArrayList<>(List.of(page(lines), page(lines)));
      assertThat(pages).extracting(p -> p.path("name").asText()).containsExactly("Ann", "Ben");
      for (ObjectNode page : pages) {
        assertThat(page.path("url").asText()).contains("#code=");
        assertThat(get(page)).isEqualTo(200);
      }
      typed.write("n\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      typed.flush();
      assertThat(page(lines).path("url")).isNotEqualTo(pages.getFirst().path("url"));
      List<ProcessHandle> nodes = process.descendants().toList();
      assertThat(nodes).hasSize(2);
      typed.write("\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      typed.flush();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> all = Files.list(tmp)) {
      assertThat(all.filter(p -> p.getFileName().toString().startsWith("wayfolk-demo"))).isEmpty();
    }
  }
}
