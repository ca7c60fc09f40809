package org.wayfolk.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the people of the pictures write, from a text resource; its lines are explained there.
 *
 * @param cast who plays what: {@code me}, {@code friend}, {@code unread}, ...
 * @param lines what happens, in order
 */
record Script(Map<String, String> cast, List<Line> lines) {
  private static final Pattern AT = Pattern.compile("@(-?\\d+) (\\d+):(\\d+)");
  private static final Pattern SAYS = Pattern.compile("(.+?) > (.+?): (\\^?)(.*)");
  private static final Pattern REACTS = Pattern.compile("\\+ (.+) (\\S+)");

  /** One thing that happens. */
  sealed interface Line {}

  /** The clock is set: days from the day of the pictures, and the time of day in minutes. */
  record At(int day, int minutes) implements Line {}

  /** Somebody writes, perhaps as an answer to the line before in that conversation. */
  record Says(String from, String to, String text, boolean answers) implements Line {}

  /** Somebody reacts to the last line. */
  record Reacts(String who, String emoji) implements Line {}

  /** Somebody's computer is switched off. */
  record Off(String who) implements Line {}

  /** Reads the script of a language. */
  static Script of(String language) throws IOException {
    Map<String, String> cast = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Script.class.getResourceAsStream("/pictures/" + language + ".txt")),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line, cast, lines);
        }
      }
    }
    return new Script(cast, lines);
  }

  private static void read(String line, Map<String, String> cast, List<Line> lines)
      throws IOException {
    Matcher at = AT.matcher(line);
    Matcher says = SAYS.matcher(line);
    Matcher reacts = REACTS.matcher(line);
    int equals = line.indexOf(" = ");
    if (at.matches()) {
      int minutes = 60 * Integer.parseInt(at.group(2)) + Integer.parseInt(at.group(3));
      lines.add(new At(Integer.parseInt(at.group(1)), minutes));
    } else if (reacts.matches()) {
      lines.add(new Reacts(reacts.group(1), reacts.group(2)));
    } else if (line.startsWith("off ")) {
      lines.add(new Off(line.substring(4)));
    } else if (says.matches()) {
      String text = says.group(4).replace("\\n", "\n");
      lines.add(new Says(says.group(1), says.group(2), text, !says.group(3).isEmpty()));
    } else if (equals > 0) {
      cast.put(line.substring(0, equals), line.substring(equals + 3));
    } else {
      throw new IOException("not understood: " + line);
    }
  }

  /** Who plays something; what stands behind a colon belongs to the part. */
  String who(String part) {
    return Objects.requireNonNull(cast.get(part), part).replaceAll(":.*", "");
  }

  /** What stands behind the colon. */
  String what(String part) {
    return Objects.requireNonNull(cast.get(part), part).replaceAll("^[^:]*: ", "");
  }
}
