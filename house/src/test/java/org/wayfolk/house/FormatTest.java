package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One form for all code, so that a change shows only what changed. */
final class FormatTest {

  private final Format format = new Format();

  @Test
  void everyJavaFileIsFormatted() throws IOException, FormatterException {
    Tree tree = Tree.here();
    List<String> unformatted = new ArrayList<>();
    for (Path file : tree.java()) {
      String text = tree.read(file);
      if (!format.apply(text).equals(text)) {
        unformatted.add(file.toString());
      }
    }
    assertThat(unformatted).as("not formatted; this mends it: " + Format.COMMAND).isEmpty();
  }

  @Test
  void canaryAnUnformattedFileIsFound() throws FormatterException {
    assertThat(format.apply("class A {int a ;}\n")).isEqualTo("class A {\n  int a;\n}\n");
  }
}
