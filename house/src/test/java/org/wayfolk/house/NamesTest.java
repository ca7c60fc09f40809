package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An implementation is named by what makes it itself. */
final class NamesTest {

  private static final List<String> BANNED =
      List.of("Impl", "Util", "Utils", "Helper", "Manager", "Base", "Common");

  private static Optional<String> violation(String name) {
    return BANNED.stream()
        .filter(name::endsWith)
        .map(end -> name + " ends in " + end + ": name it by what makes it itself")
        .findFirst();
  }

  private static Stream<String> violations(Stream<String> names) {
    return names.flatMap(n -> violation(n).stream()).sorted();
  }

  @Test
  void noClassNameHidesWhatItIs() throws IOException {
    assertThat(
            violations(
                Classes.byModule().values().stream()
                    .flatMap(List::stream)
                    .map(JavaClass::getSimpleName)))
        .isEmpty();
  }

  @Test
  void noSourceFileNameHidesWhatItIs() throws IOException {
    assertThat(
            violations(
                Tree.here().java().stream()
                    .map(p -> p.getFileName().toString().replace(".java", ""))))
        .isEmpty();
  }

  @Test
  void canaryABannedEndingIsFoundAndAWordThatOnlyEndsAlikeIsNot() {
    assertThat(
            violations(
                Stream.of("NodeImpl", "ByteUtils", "LinkManager", "Database", "Simplify", "Node")))
        .containsExactly(
            "ByteUtils ends in Utils: name it by what makes it itself",
            "LinkManager ends in Manager: name it by what makes it itself",
            "NodeImpl ends in Impl: name it by what makes it itself");
  }
}
