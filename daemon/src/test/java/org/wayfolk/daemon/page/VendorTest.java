package org.wayfolk.daemon.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others wrote and we carry along is what its list says. */
final class VendorTest {
  private static final Path VENDOR = PageFiles.ROOT.resolve("vendor");

  @Test
  void eachVendoredFileHasTheHashOfTheList() throws Exception {
    for (JsonNode each : list()) {
      byte[] bytes = Files.readAllBytes(VENDOR.resolve(each.get("file").asText()));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(hash))
          .as(each.get("file").asText())
          .isEqualTo(each.get("sha256").asText());
    }
  }

  @Test
  void theListNamesEveryFileAndItsLicenceIsThere() throws Exception {
    List<String> named = new ArrayList<>();
    for (JsonNode each : list()) {
      named.add(each.get("file").asText());
      assertThat(each.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(each.get("licence").asText()).isIn("Apache-2.0", "MIT");
      assertThat(VENDOR.resolve("licences").resolve(each.get("name").asText() + ".txt")).exists();
    }
    try (Stream<Path> files = Files.list(VENDOR)) {
      List<String> there =
          files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".js")).toList();
      assertThat(named).containsExactlyInAnyOrderElementsOf(there);
    }
  }

  private static JsonNode list() throws Exception {
    return new ObjectMapper().readTree(PageFiles.read(VENDOR.resolve("VENDOR.json")));
  }
}
