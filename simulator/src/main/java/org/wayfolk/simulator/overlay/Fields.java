package org.wayfolk.simulator.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one JSON object of a scenario; what nobody asked for is refused at the end. */
final class Fields {
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private final JsonNode object;
  private final String where;
  private final Set<String> left = new LinkedHashSet<>();

  Fields(JsonNode object, String where) {
    if (!object.isObject()) {
      throw new IllegalArgumentException(where + " must be an object");
    }
    this.object = object;
    this.where = where;
    object.properties().forEach(p -> left.add(p.getKey()));
  }

  boolean has(String key) {
    return object.has(key);
  }

  JsonNode node(String key) {
    left.remove(key);
    return object.path(key);
  }

  String text(String key) {
    JsonNode n = node(key);
    if (!n.isTextual()) {
      throw wrong(key, "a text");
    }
    return n.textValue();
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  int count(String key) {
    JsonNode n = node(key);
    if (!n.isInt() || n.intValue() < 0) {
      throw wrong(key, "a whole number from 0 up");
    }
    return n.intValue();
  }

  int count(String key, int otherwise) {
    return has(key) ? count(key) : otherwise;
  }

  double number(String key, double otherwise) {
    JsonNode n = node(key);
    if (n.isMissingNode()) {
      return otherwise;
    }
    if (!n.isNumber() || n.doubleValue() < 0) {
      throw wrong(key, "a number from 0 up");
    }
    return n.doubleValue();
  }

  double share(String key) {
    if (!has(key)) {
      throw wrong(key, "a share from 0 to 1");
    }
    return share(key, 0);
  }

  double share(String key, double otherwise) {
    double share = number(key, otherwise);
    if (share > 1) {
      throw wrong(key, "a share from 0 to 1");
    }
    return share;
  }

  boolean yes(String key) {
    JsonNode n = node(key);
    if (!n.isMissingNode() && !n.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return n.booleanValue();
  }

  Duration time(String key) {
    return duration(text(key), where + ": " + key);
  }

  Duration time(String key, Duration otherwise) {
    return has(key) ? time(key) : otherwise;
  }

  void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(where + ": unknown " + String.join(", ", left));
    }
  }

  /**
   * Reads {@code 20ms}, {@code 1.5s}, {@code 10m} or {@code 6h}.
   *
   * @throws IllegalArgumentException with words for a user
   */
  static Duration duration(String text, String where) {
    Matcher m = DURATION.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          where + " must be a time such as 20ms, 1.5s, 10m or 6h, not \"" + text + "\"");
    }
    double unit =
        switch (m.group(2)) {
          case "ms" -> 1e6;
          case "s" -> 1e9;
          case "m" -> 60e9;
          default -> 3_600e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(m.group(1)) * unit));
  }

  private IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(where + ": " + key + " must be " + what);
  }
}
