package org.wayfolk.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a vector file: lines of {@code name = hex}; {@code #} begins a comment. */
public final class VectorFile {
  private final Map<String, String> values = new LinkedHashMap<>();

  private VectorFile() {}

  /** The file of that name among the test's vectors. */
  public static VectorFile named(String name) {
    VectorFile f = new VectorFile();
    try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no file " + name);
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int at = line.indexOf(" =");
          f.values.put(line.substring(0, at), line.substring(at + 2).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return f;
  }

  /** A value's bytes. */
  public byte[] get(String name) {
    String hex = values.get(name);
    if (hex == null) {
      throw new IllegalArgumentException("no vector " + name);
    }
    return HexFormat.of().parseHex(hex);
  }

  /** All values in their order, as hex. */
  public Map<String, String> all() {
    return values;
  }
}
