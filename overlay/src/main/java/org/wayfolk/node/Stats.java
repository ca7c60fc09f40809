package org.wayfolk.node;

import java.util.Locale;
import java.util.Map;

/**
 * What a node has counted since it started. Only counters that are not zero are listed.
 *
 * @param done things that went well, by name
 * @param drops things refused or dropped, by reason
 * @param transport counters of the transport, by name
 */
public record Stats(Map<String, Long> done, Map<String, Long> drops, Map<String, Long> transport) {

  /** A counter of any of the three groups by name; 0 if it never counted. */
  public long get(String name) {
    return done.getOrDefault(name, drops.getOrDefault(name, transport.getOrDefault(name, 0L)));
  }

  /** All counters in the text format of Prometheus, each prefixed {@code wayfolk_}. */
  public String prometheus() {
    StringBuilder s = new StringBuilder(4_096);
    done.forEach((k, v) -> line(s, "wayfolk_" + name(k) + "_total", "", v));
    drops.forEach((k, v) -> line(s, "wayfolk_drops_total", "{reason=\"" + name(k) + "\"}", v));
    transport.forEach((k, v) -> line(s, "wayfolk_transport_" + name(k), "", v));
    return s.toString();
  }

  private static void line(StringBuilder s, String name, String labels, long value) {
    s.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String name(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }

  /** A table, one counter a line. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    done.forEach((k, v) -> s.append(String.format(Locale.ROOT, "%-32s %,14d%n", k, v)));
    drops.forEach((k, v) -> s.append(String.format(Locale.ROOT, "drop %-27s %,14d%n", k, v)));
    transport.forEach(
        (k, v) -> s.append(String.format(Locale.ROOT, "transport %-22s %,14d%n", k, v)));
    return s.toString();
  }
}
