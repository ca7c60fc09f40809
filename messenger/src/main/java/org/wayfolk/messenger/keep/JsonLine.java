package org.wayfolk.messenger.keep;

/** One JSON object of one line, built field by field: all that an export needs of JSON. */
final class JsonLine {

  private final StringBuilder out = new StringBuilder("{");

  JsonLine text(String field, String value) {
    string(name(field), value);
    return this;
  }

  JsonLine number(String field, long value) {
    name(field).append(value);
    return this;
  }

  JsonLine truth(String field, boolean value) {
    name(field).append(value);
    return this;
  }

  JsonLine objects(String field, Iterable<JsonLine> values) {
    name(field).append('[');
    String between = "";
    for (JsonLine value : values) {
      out.append(between).append(value);
      between = ",";
    }
    out.append(']');
    return this;
  }

  private StringBuilder name(String field) {
    if (out.length() > 1) {
      out.append(',');
    }
    return string(out, field).append(':');
  }

  private static StringBuilder string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || (c >= 0x2028 && c <= 0x2029) || Character.isSurrogate(c)) {
        // Halves of a character stay readable, and readers that split at 2028 find whole lines.
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"');
  }

  @Override
  public String toString() {
    return out + "}";
  }
}
