package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinksTest {

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    Tree tree = Tree.here();
    List<String> found = new ArrayList<>();
    for (Path file : tree.files()) {
      if (file.toString().endsWith(".md")) {
        found.addAll(Links.violations(tree.root(), file, tree.read(file)));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void canaryADeadLinkAndADeadHeadingAreFoundAndLiveOnesAreNot(@TempDir Path root)
      throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/b.md"), "# Two words, here\n");
    String page =
        """
        # Top
        [dead](c.md) [live](docs/b.md) [heading](docs/b.md#two-words-here) [own](#top)
        [no heading](docs/b.md#three) [web](https://example.org/x) `[code](nowhere.md)`
        """;
    Files.writeString(root.resolve("a.md"), page);
    assertThat(Links.violations(root, Path.of("a.md"), page))
        .containsExactly(
            "a.md links to c.md, which does not exist",
            "a.md links to docs/b.md#three: no such heading");
  }
}
