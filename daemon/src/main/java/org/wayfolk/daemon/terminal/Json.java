package org.wayfolk.daemon.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * JSON as trees: nothing is bound to classes, so that no name of a class is a promise and start-up
 * pays for no reflection.
 */
public final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /**
   * Reads one object.
   *
   * @throws IOException if the text is anything else
   */
  public static ObjectNode parse(String text) throws IOException {
    if (MAPPER.readTree(text) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("not a JSON object");
  }

  /**
   * Reads any value that {@link #line} wrote.
   *
   * @throws IllegalStateException if it is none
   */
  public static JsonNode value(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON of ours", e);
    }
  }

  /** A tree on one line. */
  public static String line(JsonNode tree) {
    try {
      return visible(MAPPER.writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /**
   * What a terminal obeys or nobody sees stands in JSON only inside strings, and is there an escape
   * as good as any: JSON Lines are looked at in terminals too.
   */
  private static String visible(String json) {
    if (json.codePoints().noneMatch(Json::isHidden)) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 32);
    json.codePoints()
        .forEach(c -> {
          if (isHidden(c)) {
            for (char half : Character.toChars(c)) {
              out.append(String.format("\\u%04x", (int) half));
            }
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A tree on several lines, for files that people may read. */
  public static String pretty(JsonNode tree) {
    return tree.toPrettyString() + "\n";
  }

  /** A figure with at most one digit behind the point: more is noise in times. */
  public static double round(double figure) {
    return Math.round(figure * 10) / 10.0;
  }
}
