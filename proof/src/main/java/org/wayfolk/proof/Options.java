package org.wayfolk.proof;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.wayfolk.proof.messages.Messages;

/** What was asked for on the command line. */
record Options(String row, Messages.Options messages) {
  private static final int MILLION = 1_000_000;

  /**
   * Understands the arguments.
   *
   * @throws IllegalArgumentException with words for a user
   */
  static Options parse(List<String> args) {
    Deque<String> left = new ArrayDeque<>(args);
    String row = left.remove();
    if (!row.equals("messages")) {
      throw new IllegalArgumentException("there is no row " + row);
    }
    Messages.Options m =
        new Messages.Options(
            1, MILLION, 4_000, false, Path.of(System.getProperty("java.io.tmpdir")));
    while (!left.isEmpty()) {
      String option = left.remove();
      m =
          switch (option) {
            case "--seed" -> m.withSeed(number(option, left));
            case "--messages" -> m.withMessages(Math.toIntExact(number(option, left)));
            case "--pause" -> m.withPauseMillis(number(option, left));
            case "--dir" -> m.withDirectory(Path.of(value(option, left)));
            case "--canary" -> m.asCanary();
            default -> throw new IllegalArgumentException("there is no option " + option);
          };
    }
    return new Options(row, m);
  }

  private static String value(String option, Deque<String> left) {
    String value = left.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static long number(String option, Deque<String> left) {
    String value = value(option, left);
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        option + " needs a number from 0 to 2147483647, not " + value);
  }
}
