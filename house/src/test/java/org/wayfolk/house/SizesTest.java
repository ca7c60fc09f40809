package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.house.Sizes.Measured;

/** What is too big is two things. */
final class SizesTest {

  @Test
  void nothingIsTooBigAndWhatIsBigIsNamed() throws IOException {
    Tree tree = Tree.here();
    Map<Path, String> sources = new TreeMap<>();
    for (Path p : tree.java()) {
      sources.put(p, tree.read(p));
    }
    List<Measured> all = Sizes.of(sources);
    assertThat(all).hasSizeGreaterThan(sources.size());
    all.stream().filter(Measured::warns).forEach(m -> System.out.println("[WARNING] " + m));
    assertThat(all.stream().filter(Measured::fails)).isEmpty();
  }

  @Test
  void canaryALongFileAndALongMethodAreFound() throws IOException {
    String body = IntStream.range(0, 119).mapToObj(i -> "    m();\n").collect(Collectors.joining());
    String source = "class A {\n  void m() {\n" + body + "  }\n" + "\n".repeat(680) + "}\n";
    assertThat(Sizes.of(Map.of(Path.of("a/A.java"), source)))
        .filteredOn(Measured::fails)
        .extracting(Measured::toString)
        .containsExactly(
            "a/A.java: 803 lines (warns above 400)", "a/A.java m: 121 lines (warns above 60)");
  }

  @Test
  void canaryAWidePackageIsFound() throws IOException {
    Map<Path, String> sources = new TreeMap<>();
    for (int i = 0; i < 41; i++) {
      sources.put(Path.of("a/A" + i + ".java"), "class A" + i + " {}");
    }
    assertThat(Sizes.of(sources)).filteredOn(Measured::fails).hasSize(1);
  }

  @Test
  void canarySevenParametersWarn() throws IOException {
    String source =
        "class A { void few(int a, int b, int c, int d, int e, int f) {}\n"
            + "void many(int a, int b, int c, int d, int e, int f, int g) {} }";
    assertThat(Sizes.of(Map.of(Path.of("A.java"), source)))
        .filteredOn(Measured::warns)
        .extracting(Measured::toString)
        .containsExactly("A.java many: 7 parameters (warns above 6)");
  }
}
