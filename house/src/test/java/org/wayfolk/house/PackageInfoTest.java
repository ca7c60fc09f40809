package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every package says what it is, what it is not, and promises its nulls. */
final class PackageInfoTest {

  private static final Pattern NULL_MARKED =
      Pattern.compile("(?m)^@(org\\.jspecify.*\\.)?NullMarked");

  /** Shorter than this nobody can say what a package is and what it is not. */
  private static final int LEAST_WORDS = 12;

  private static List<String> violations(Map<Path, String> sources) {
    List<String> found = new ArrayList<>();
    sources.keySet().stream()
        .map(p -> p.resolveSibling("package-info.java"))
        .distinct()
        .sorted()
        .forEach(info -> judge(info, sources.get(info), found));
    return found;
  }

  private static void judge(
      Path info, @org.jspecify.annotations.Nullable String text, List<String> found) {
    if (text == null) {
      found.add(info + " is missing");
      return;
    }
    if (!NULL_MARKED.matcher(text).find()) {
      found.add(info + " is not @NullMarked");
    }
    int end = text.indexOf("*/");
    if (!text.startsWith("/**")
        || end < 0
        || text.substring(0, end).split("\\s+").length < LEAST_WORDS) {
      found.add(info + " does not open with a Javadoc that says what the package is and is not");
    }
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
    Tree tree = Tree.here();
    Map<Path, String> sources = new TreeMap<>();
    for (Path p : tree.java()) {
      if (p.toString().contains("/src/main/java/")) {
        sources.put(p, tree.read(p));
      }
    }
    assertThat(sources).isNotEmpty();
    assertThat(violations(sources)).isEmpty();
  }

  @Test
  void canaryAMissingABareAndAnUnmarkedPackageAreFound() {
    String good =
        """
        /** What it is and what it is not: as many words as that takes. */
        @NullMarked
        package a;
        """;
    assertThat(
            violations(
                Map.of(
                    Path.of("a/A.java"),
                    "package a;",
                    Path.of("b/package-info.java"),
                    good.replace("@NullMarked", ""),
                    Path.of("c/package-info.java"),
                    "@NullMarked\npackage c;",
                    Path.of("d/package-info.java"),
                    good)))
        .containsExactly(
            "a/package-info.java is missing",
            "b/package-info.java is not @NullMarked",
            "c/package-info.java does not open with a Javadoc that says what the package is and is"
                + " not");
  }
}
