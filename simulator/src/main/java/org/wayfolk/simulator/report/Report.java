package org.wayfolk.simulator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.wayfolk.simulator.figures.Figures;

/** The page of one result. What a result does not have is left out. */
public final class Report {
  /** The file that people open. */
  public static final String PAGE = "report.html";

  /** The figures it was made of, beside it. */
  public static final String FIGURES = "result.json";

  /** Figures that stand in large type at the top, and what they are in words. */
  private static final Map<String, String> HEAD =
      Map.ofEntries(
          Map.entry("delivered_first_try", "delivered at the first try"),
          Map.entry("delivered", "delivered"),
          Map.entry("hops_mean", "hops, mean"),
          Map.entry("hops_p99", "hops, 99 of 100 at most"),
          Map.entry("links_mean", "links a node, mean"),
          Map.entry("bytes_per_node_per_day", "MiB a node and day, idle"),
          Map.entry("duplicates", "handed over twice"));

  private static final List<String> HEAD_ORDER =
      List.of(
          "delivered_first_try",
          "delivered",
          "hops_mean",
          "hops_p99",
          "links_mean",
          "bytes_per_node_per_day",
          "duplicates");

  private static final double MEBIBYTE = 1 << 20;

  private final JsonNode result;
  private final Markup out = new Markup();

  private Report(JsonNode result) {
    this.result = result;
  }

  /**
   * Writes {@value #PAGE} and {@value #FIGURES} into a directory, which is made if it is not there;
   * what an earlier report left is written over.
   *
   * @throws IOException if the directory cannot be written
   */
  public static void write(Path directory, Figures figures) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(FIGURES), figures.json() + "\n");
    Files.writeString(directory.resolve(PAGE), html(figures.json()));
  }

  /**
   * The page as a text: one file that fetches nothing and runs nothing.
   *
   * @param json a result, one object
   * @throws IllegalArgumentException if it is not JSON
   */
  public static String html(String json) {
    try {
      return new Report(new ObjectMapper().readTree(json)).page();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a result is JSON", e);
    }
  }

  private String page() {
    String style = style();
    String title = result.path("what").asText(result.path("nodes").asText() + " nodes");
    String begin =
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'sha256-"
            + hash(style)
            + "'; base-uri 'none'; form-action 'none'\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n";
    out.tag("<title>%s: a simulation of Wayfolk</title>", title);
    String head = begin + out + "<style>" + style + "</style>\n";
    Markup body = new Markup();
    body.add(top(title)).add(charts()).add(troubles()).add(all());
    return head + "<main>\n" + body + "</main>\n</html>\n";
  }

  private Markup top(String title) {
    Markup m = new Markup();
    m.tag("<header><p class=\"of\">Wayfolk, a simulated network</p><h1>%s</h1>", title);
    if (result.has("passed")) {
      boolean passed = result.path("passed").asBoolean();
      m.tag(
          "<p class=\"%s\">%s</p>",
          passed ? "verdict passed" : "verdict failed",
          passed ? "Everything that was asked of it held." : "Not everything held:");
      if (!passed) {
        m.tag("<ul class=\"failures\">");
        result.path("failures").forEach(f -> m.tag("<li>%s</li>", f.asText()));
        m.tag("</ul>");
      }
    }
    m.tag("<dl class=\"head\">");
    for (String key : HEAD_ORDER) {
      if (result.has(key)) {
        m.tag(
            "<div><dd>%s</dd><dt>%s</dt></div>", large(key), Objects.requireNonNull(HEAD.get(key)));
      }
    }
    m.tag("</dl>");
    if (result.has("replay")) {
      m.tag(
          "<p>The same again, to the last byte: <code>%s</code></p>",
          result.path("replay").asText());
    }
    if (result.path("crypto").asText().startsWith("fast")) {
      m.tag(
          "<p class=\"note\">Cryptography was replaced by hashes that protect nothing: sizes and"
              + " order are those of the real one, its cost in time is not in these figures.</p>");
    }
    if (result.path("extrapolated").asBoolean()) {
      m.tag(
          "<p class=\"note\">These figures are extrapolated from smaller networks and were not"
              + " simulated.</p>");
    }
    return m.tag("</header>");
  }

  private String large(String key) {
    double value = result.path(key).asDouble();
    return switch (key) {
      case "delivered_first_try", "delivered" -> percent(value);
      case "bytes_per_node_per_day" -> Scale.words(Math.round(value / MEBIBYTE * 10) / 10.0);
      default -> Scale.words(value);
    };
  }

  /** Never rounded up to all of them. */
  private static String percent(double share) {
    return Scale.words(Math.floor(share * 1_000_000) / 10_000) + " %";
  }

  private Markup charts() {
    Markup m = new Markup();
    m.tag("<section class=\"charts\">");
    JsonNode time = result.path("delivery_over_time");
    if (!time.isEmpty()) {
      Course course =
          new Course(
              column(time, "at"),
              column(time, "sent"),
              column(time, "first"),
              column(time, "delivered"));
      String label = "Delivery over time";
      m.tag("<figure class=\"wide\"><figcaption><h2>%s</h2>", label);
      m.tag(
          "<p>Messages between random pairs, by when they were sent. Only those count whose both"
              + " ends stayed for ten seconds.</p></figcaption>");
      m.add(course.draw(label)).tag("</figure>");
    }
    bars(m, "hops_histogram", "Hops", "How many links a message crossed.", hops());
    bars(m, "links_by_level", "Links by level", levelHint(), levels());
    bars(m, "bytes_per_node_histogram", "Traffic of a node", trafficHint(), traffic());
    bars(m, "bytes_by_class", "Traffic by class", trafficHint(), classes());
    return m.tag("</section>");
  }

  private void bars(Markup m, String key, String label, String hint, Bars bars) {
    if (result.path(key).isEmpty()) {
      return;
    }
    m.tag("<figure><figcaption><h2>%s</h2><p>%s</p></figcaption>", label, hint);
    m.add(bars.draw(label)).tag("</figure>");
  }

  private static String levelHint() {
    return "Level: how many bits the other's id shares with one's own at its beginning, beyond the"
        + " network's difficulty.";
  }

  private static String trafficHint() {
    return "IP bytes both ways while nobody sends anything, measured for two virtual minutes and"
        + " told for a day.";
  }

  private Bars hops() {
    List<Bars.Mark> marks = new ArrayList<>();
    if (result.has("hops_mean")) {
      double mean = result.path("hops_mean").asDouble();
      marks.add(new Bars.Mark(mean, "mean " + Scale.words(mean)));
    }
    return numbered("hops_histogram", "hops", "messages", marks);
  }

  private Bars levels() {
    return numbered("links_by_level", "level, bits", "links of a node, mean", List.of());
  }

  private Bars traffic() {
    List<Bars.Mark> marks = new ArrayList<>();
    if (result.has("bytes_per_node_per_day")) {
      double mean = result.path("bytes_per_node_per_day").asDouble() / MEBIBYTE;
      // A bar holds what lies between its number and the next one.
      marks.add(new Bars.Mark(mean - 0.5, "mean " + Scale.words(Math.round(mean * 10) / 10.0)));
    }
    return numbered(
        "bytes_per_node_histogram",
        "MiB a day, from this number to below the next",
        "nodes",
        marks);
  }

  private Bars classes() {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    result
        .path("bytes_by_class")
        .properties()
        .forEach(e -> {
          names.add(e.getKey());
          values.add(Math.round(e.getValue().asDouble() / MEBIBYTE * 1_000) / 1_000.0);
        });
    return new Bars("class of traffic", "MiB a node and day", names, values, List.of());
  }

  private Bars numbered(String key, String across, String up, List<Bars.Mark> marks) {
    List<Double> values = new ArrayList<>();
    result.path(key).forEach(v -> values.add(v.asDouble()));
    List<String> names = IntStream.range(0, values.size()).mapToObj(Integer::toString).toList();
    return new Bars(across, up, names, values, marks);
  }

  private static List<Double> column(JsonNode rows, String key) {
    List<Double> column = new ArrayList<>();
    rows.forEach(row -> column.add(row.path(key).asDouble()));
    return column;
  }

  private Markup troubles() {
    Markup m = new Markup();
    table(m, "undelivered", "Not delivered", "The first of those that never arrived.");
    table(m, "repeated", "Delivered, not at the first try", "The first of them.");
    return m;
  }

  private void table(Markup m, String key, String title, String hint) {
    JsonNode rows = result.path(key);
    if (rows.isEmpty()) {
      return;
    }
    List<String> columns = new ArrayList<>();
    for (JsonNode row : rows) {
      row.fieldNames()
          .forEachRemaining(name -> {
            if (!columns.contains(name)) {
              columns.add(name);
            }
          });
    }
    m.tag("<section><h2>%s</h2><p>%s</p><table><thead><tr>", title, hint);
    columns.forEach(c -> m.tag("<th>%s</th>", c.replace('_', ' ')));
    m.tag("</tr></thead><tbody>");
    for (JsonNode row : rows) {
      m.tag("<tr>");
      columns.forEach(c -> m.tag("<td>%s</td>", row.path(c).asText()));
      m.tag("</tr>");
    }
    m.tag("</tbody></table></section>");
  }

  private Markup all() {
    Markup m = new Markup();
    m.tag("<details><summary>All figures</summary><dl class=\"all\">");
    result
        .properties()
        .forEach(e -> m.tag("<div><dt>%s</dt><dd>%s</dd></div>", e.getKey(), words(e.getValue())));
    return m.tag("</dl></details>");
  }

  private static String words(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String style) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
