package org.wayfolk.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the vector files: lines of {@code name = hex}, or of fields between bars; {@code #} begins
 * a comment.
 */
final class Vectors {

  private final Map<String, byte[]> values;

  private Vectors(Map<String, byte[]> values) {
    this.values = values;
  }

  static Vectors named(String file) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (String line : lines(file)) {
      int at = line.indexOf(" =");
      values.put(line.substring(0, at), hex(line.substring(at + 2).strip()));
    }
    return new Vectors(values);
  }

  static List<String[]> table(String file) {
    return lines(file).stream().map(line -> line.split("\\|", -1)).toList();
  }

  byte[] get(String name) {
    byte[] value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no vector " + name);
    }
    return value.clone();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  static Stream<Crypto> providers() {
    return Stream.of(new ConscryptCrypto(), new BouncyCrypto());
  }

  private static List<String> lines(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
