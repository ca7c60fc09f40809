package org.wayfolk.daemon.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line in words for its user. */
final class Misuse {
  /** Planned, so that who looks for them need not doubt the spelling. */
  private static final List<String> LATER =
      List.of(
              "open service config call".split(" ", -1),
              "share get expose pipe forward trace path doctor".split(" ", -1),
              "completion sim lab interop proof fuzz".split(" ", -1))
          .stream()
          .flatMap(java.util.Arrays::stream)
          .toList();

  private Misuse() {}

  static Failure explain(ParameterException e, CommandSpec at) {
    String see = "see `" + at.qualifiedName() + " --help`";
    return switch (e) {
      case UnmatchedArgumentException u -> unmatched(u, at, see);
      default -> Failure.usage(plain(String.valueOf(e.getMessage())), see);
    };
  }

  private static Failure unmatched(UnmatchedArgumentException e, CommandSpec at, String see) {
    String first = e.getUnmatched().getFirst();
    if (e.isUnknownOption()) {
      return Failure.usage("there is no option '" + first + "'", see);
    }
    if (at.subcommands().isEmpty()) {
      return Failure.usage("'" + first + "' is one argument too many", see);
    }
    String name = at.qualifiedName() + " " + first;
    if (at.parent() == null && LATER.contains(first)) {
      return Failure.usage("`" + name + "` is not built yet", "see `wayfolk --help` for what is");
    }
    String near =
        e.getSuggestions().stream()
            .filter(s -> at.subcommands().containsKey(s))
            .filter(s -> near(s, first))
            .map(s -> "`" + at.qualifiedName() + " " + s + "`")
            .collect(Collectors.joining(" or "));
    return Failure.usage(
        "there is no command `" + name + "`", near.isEmpty() ? see : "did you mean " + near + "?");
  }

  /** Whether one is the other with little more or less, or with two letters changed. */
  private static boolean near(String name, String typed) {
    String t = typed.toLowerCase(Locale.ROOT);
    if (name.startsWith(t) || t.startsWith(name)) {
      return true;
    }
    int differ = Math.abs(name.length() - t.length());
    for (int i = 0; i < Math.min(name.length(), t.length()); i++) {
      differ += name.charAt(i) == t.charAt(i) ? 0 : 1;
    }
    return differ <= 2 && name.length() > 3;
  }

  /** Picocli's words without its jargon, one line. */
  private static String plain(String message) {
    String line = message.lines().findFirst().orElse("wrong command line");
    line =
        line.replaceFirst("^Invalid value for option '([^' ]*)'[^:]*: ", "$1: ")
            .replaceFirst("is not an? (double|int|long)$", "is no number")
            .replaceFirst(
                "^Missing required parameter for option '([^']*)' \\((.*)\\)$", "$1 needs a $2");
    if (line.startsWith("Missing required parameter")) {
      String names = line.substring(line.indexOf(':') + 1).replace("'", "");
      return "missing" + names.replaceFirst(", ([^,]*)$", " and $1");
    }
    return line.isEmpty() || !Character.isUpperCase(line.charAt(0))
        ? line
        : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }
}
