package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacesTest {

  @Test
  void noCommittedFileNamesAMachineOrARegistry() throws IOException {
    Tree tree = Tree.here();
    List<String> found = new ArrayList<>();
    for (Path file : tree.files()) {
      byte[] bytes = Files.readAllBytes(tree.root().resolve(file));
      found.addAll(Places.violations(file, new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void canaryAMachinePathAndARegistryHostAreFound() {
    Path pom = Path.of("pom.xml");
    assertThat(Places.violations(pom, "see /wo" + "rk/main")).hasSize(1);
    assertThat(Places.violations(pom, "JAVA_HOME=/usr/lib/j" + "vm/x")).hasSize(1);
    assertThat(Places.violations(pom, "<url>https://repo." + "maven.apache.org/</url>")).hasSize(1);
    assertThat(Places.violations(pom, "http://nexus." + "local:8081/x")).hasSize(1);
  }

  @Test
  void theLauncherMayGuessWhereJdksLie() {
    assertThat(Places.violations(Path.of("wayfolk"), "for d in /usr/lib/j" + "vm/*")).isEmpty();
    assertThat(Places.violations(Path.of("pom.xml"), "framework/home and our own homework/x"))
        .isEmpty();
  }
}
