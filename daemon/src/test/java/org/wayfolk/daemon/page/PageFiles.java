package org.wayfolk.daemon.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the page, as they lie in the sources. */
final class PageFiles {
  static final Path ROOT = Path.of("src/main/resources/page");

  private PageFiles() {}

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Our own files that end so, by their name within the page: what is vendored is left out. */
  static Map<String, String> ours(String ending) {
    var found = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(ROOT)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(f -> f.toString().endsWith(ending))
              .filter(f -> !f.startsWith(ROOT.resolve("vendor")))
              .toList();
      for (Path file : files) {
        found.put(ROOT.relativize(file).toString(), read(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
