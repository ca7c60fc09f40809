package org.wayfolk.daemon.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page's own sources keep its promises: nothing from outside, nothing that a text could turn
 * into markup, files that a person can read. The browser's policy enforces the first two again.
 */
final class PageSourcesTest {
  /** As the house has it for Java: longer ones are two files. */
  private static final int LINES = 400;

  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\\.write"
              + "|\\beval\\(|new Function|srcdoc");
  private static final Pattern OUTSIDE = Pattern.compile("(?:https?|wss?):?//[\\w.]*");
  private static final Pattern INLINE = Pattern.compile("<style|<script>|\\son\\w+=\"|\\sstyle=\"");
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import\\()\\s*['\"](\\.[^'\"]+)['\"]");

  @Test
  void noTextCanBecomeMarkup() {
    assertThat(found(PageFiles.ours(".js"), MARKUP)).isEmpty();
  }

  @Test
  void nothingIsFetchedFromOutside() {
    Map<String, String> all = new TreeMap<>(PageFiles.ours(".js"));
    all.putAll(PageFiles.ours(".css"));
    all.putAll(PageFiles.ours(".html"));
    List<String> outside = found(all, OUTSIDE);
    // The name of a language of drawings, and an address that starts with nothing.
    outside.removeIf(each -> each.endsWith("http://www.w3.org") || each.endsWith("://"));
    assertThat(outside).isEmpty();
  }

  @Test
  void thePageHasNoInlineStyleOrScript() {
    assertThat(found(PageFiles.ours(".html"), INLINE)).isEmpty();
  }

  @Test
  void filesAreShortEnoughToRead() {
    Map<String, String> all = new TreeMap<>(PageFiles.ours(".js"));
    all.putAll(PageFiles.ours(".css"));
    all.forEach(
        (file, text) -> assertThat(text.lines().count()).as(file).isLessThanOrEqualTo(LINES));
  }

  @Test
  void everyImportIsAFileOfThePage() {
    List<String> missing = new ArrayList<>();
    PageFiles.ours(".js")
        .forEach((file, text) -> {
          Path folder = Objects.requireNonNull(PageFiles.ROOT.resolve(file).getParent());
          Matcher imported = IMPORT.matcher(text);
          while (imported.find()) {
            if (!Files.isRegularFile(folder.resolve(imported.group(1)))) {
              missing.add(file + ": " + imported.group(1));
            }
          }
        });
    assertThat(missing).isEmpty();
  }

  private static List<String> found(Map<String, String> files, Pattern pattern) {
    List<String> found = new ArrayList<>();
    files.forEach((file, text) -> {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        found.add(file + ": " + matcher.group());
      }
    });
    return found;
  }
}
