package org.wayfolk.messenger.person;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** Reads vectors/person.txt: lines of {@code name = value}. */
final class PersonVectors {

  private static final Map<String, String> VALUES = load();

  private PersonVectors() {}

  static String text(String name) {
    return Objects.requireNonNull(VALUES.get(name), name);
  }

  static byte[] hex(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  private static Map<String, String> load() {
    try (InputStream in = PersonVectors.class.getResourceAsStream("/vectors/person.txt")) {
      Map<String, String> values = new HashMap<>();
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int at = line.indexOf(" = ");
            values.put(line.substring(0, at), line.substring(at + 3));
          });
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
