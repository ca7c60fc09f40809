package org.wayfolk.proof.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Where the results are kept: a file a run. */
final class Shelf {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  Shelf(Path directory) {
    this.directory = directory;
  }

  /** The result of that file if it is of that command: the command's words say what was run. */
  Optional<JsonNode> kept(String file, List<String> command) throws IOException {
    Path path = directory.resolve(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    JsonNode result = MAPPER.readTree(Files.readString(path));
    String replay = result.path("proof_command").asText();
    return replay.equals(String.join(" ", command)) ? Optional.of(result) : Optional.empty();
  }

  /** Keeps what a command printed; only whole JSON, and in one step. */
  void keep(String file, List<String> command, String date, String json) throws IOException {
    MAPPER.readTree(json);
    int begin = json.indexOf('{');
    String stamped =
        "{\n  \"proof_command\" : \"%s\",\n  \"wall_date\" : \"%s\","
                .formatted(String.join(" ", command), date)
            + json.substring(begin + 1)
            + "\n";
    Files.createDirectories(directory);
    Path half = directory.resolve(file + ".half");
    Files.write(half, stamped.getBytes(StandardCharsets.UTF_8));
    Files.move(
        half,
        directory.resolve(file),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
