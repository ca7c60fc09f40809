package org.wayfolk.daemon.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.peer.Cost;

/** A cost class as users, scripts and the home's config name it: {@code last-resort}. */
final class CostWord {
  private CostWord() {}

  static String of(Cost cost) {
    return cost.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The class of a word.
   *
   * @throws Failure with status 2 if it is none
   */
  static Cost parse(String word) throws Failure {
    for (Cost c : Cost.values()) {
      if (of(c).equals(word.strip().toLowerCase(Locale.ROOT))) {
        return c;
      }
    }
    String all = Arrays.stream(Cost.values()).map(CostWord::of).collect(Collectors.joining(", "));
    throw Failure.usage("--cost " + word + " is unknown", "use one of " + all);
  }

  /** What the home keeps; a word that a newer program wrote counts as mains. */
  static Cost kept(String word) {
    for (Cost c : Cost.values()) {
      if (of(c).equals(word)) {
        return c;
      }
    }
    return Cost.MAINS;
  }
}
