package org.wayfolk.messenger.ratchet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code ratchet.txt}: lines of {@code name = hex}; {@code #} begins a comment. */
final class RatchetVectors {

  private final Map<String, String> values = new LinkedHashMap<>();

  RatchetVectors() {
    try (InputStream in = RatchetVectors.class.getResourceAsStream("/vectors/ratchet.txt")) {
      if (in == null) {
        throw new IllegalStateException("no vectors");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int at = line.indexOf(" =");
          values.put(line.substring(0, at), line.substring(at + 2).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no vector " + name);
    }
    return HexFormat.of().parseHex(value);
  }

  Map<String, String> all() {
    return values;
  }
}
