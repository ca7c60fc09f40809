package org.wayfolk.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of one machine or one registry in a committed file: they would not hold anywhere else. */
final class Places {

  /**
   * What may not stand in a committed file, with the reason. Written in pieces, so that this file
   * passes itself.
   */
  static final Map<Pattern, String> BANNED =
      Map.of(
          Pattern.compile("(?<![\\w.$}/])/wo" + "rk/"), "a path of the machine it was built on",
          Pattern.compile("/ro" + "ot/"), "a path of the machine it was built on",
          Pattern.compile("/usr/lib/j" + "vm"), "a path of one distribution",
          Pattern.compile("(?i)\\brepo1?\\.(maven|apache)\\b"), "a registry host",
          Pattern.compile("(?i)\\b(central\\.sonatype|registry\\.npmjs|deb\\.debian)\\b"),
              "a registry host",
          Pattern.compile("https?://[\\w.-]*(nexus|artifactory|mirror|proxy)[\\w.-]*[:/]"),
              "a registry host");

  /**
   * The launcher and the CI script look for a JDK where distributions put it: a list of guesses,
   * not a dependency.
   */
  static final Set<Path> MAY_NAME_JDK_HOMES = Set.of(Path.of("wayfolk"), Path.of(".ci/run"));

  private Places() {}

  /** One sentence for each banned text in one file. */
  static List<String> violations(Path file, String text) {
    List<String> found = new ArrayList<>();
    BANNED.forEach((pattern, why) -> {
      if (why.endsWith("distribution") && MAY_NAME_JDK_HOMES.contains(file)) {
        return;
      }
      pattern
          .matcher(text)
          .results()
          .forEach(m -> found.add(file + " names " + m.group() + ": " + why));
    });
    return found.stream().sorted().distinct().toList();
  }
}
