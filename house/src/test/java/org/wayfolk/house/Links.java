package org.wayfolk.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Relative links in Markdown: the file must exist, and the heading too where one is named. */
final class Links {

  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");

  private Links() {}

  /** One sentence for each link of one page that leads nowhere. */
  static List<String> violations(Path root, Path page, String text) throws IOException {
    List<String> found = new ArrayList<>();
    List<String> targets =
        LINK.matcher(CODE.matcher(text).replaceAll("")).results().map(m -> m.group(1)).toList();
    for (String target : targets) {
      if (ELSEWHERE.matcher(target).matches()) {
        continue;
      }
      int hash = target.indexOf('#');
      String file = hash < 0 ? target : target.substring(0, hash);
      Path to = file.isEmpty() ? root.resolve(page) : root.resolve(page).resolveSibling(file);
      if (!Files.exists(to)) {
        found.add(page + " links to " + target + ", which does not exist");
      } else if (hash >= 0
          && file(to)
          && !headings(file.isEmpty() ? text : Files.readString(to))
              .contains(target.substring(hash + 1))) {
        found.add(page + " links to " + target + ": no such heading");
      }
    }
    return found;
  }

  private static boolean file(Path to) {
    return to.toString().endsWith(".md");
  }

  private static Set<String> headings(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map(m -> m.group(1).toLowerCase(Locale.ROOT))
        .map(h -> h.replaceAll("[^\\p{L}\\p{N}\\s_-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
