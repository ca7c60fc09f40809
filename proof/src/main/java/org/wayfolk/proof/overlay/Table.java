package org.wayfolk.proof.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wayfolk.simulator.overlay.Expectation;

/** Writes docs/proof.md from the results that are kept. */
final class Table {
  private static final String HEAD =
      """
      # Proof of the overlay

      Each row is a gate of the design and the command that measures it; `./wayfolk proof overlay` runs those of which no result is
      kept, and writes this page from the files under [docs/proof/overlay](proof/overlay). An *attempt* is one send: one signature,
      at most three copies, local repair, no re-origination (a repeated key ask counts as one, too). *Delivered* is at most three
      more within 10 s. Where several seeds ran, the worst figure stands here. Links have a round trip of 40 ms and lose nothing.

      "Old, twin" is the older implementation's policy (links only to the nearest, no lookup beyond them) in this simulation;
      "old, real" is its own code, run on a fake clock with one random entry node unless said.

      | gate | ours | old, twin | old, real | seeds | verdict |
      |---|---|---|---|---|---|
      """;

  private static final String COMMANDS =
      """

      ## Commands

      | row | command | wall, cpu, memory of the first seed |
      |---|---|---|
      """;

  private final Shelf shelf;

  Table(Shelf shelf) {
    this.shelf = shelf;
  }

  String text(List<Row> rows) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (Row row : rows) {
      row(row, text);
    }
    text.append(COMMANDS);
    for (Row row : rows) {
      text.append("| %s | `%s` | %s |%n".formatted(row.name(), row.typed(), cost(row)));
      if (!row.twin().isEmpty()) {
        text.append(
            "| %s, old policy | `./wayfolk sim %s --seed 1 --json` | |%n"
                .formatted(row.name(), String.join(" ", row.twin())));
      }
    }
    return text.toString();
  }

  private void row(Row row, StringBuilder text) throws IOException {
    List<JsonNode> results = results(row);
    Optional<JsonNode> twin =
        row.twin().isEmpty()
            ? Optional.empty()
            : shelf.kept(row.twinFile(), Row.with(row.twin(), 1));
    for (Gate gate : row.gates()) {
      boolean any = !results.isEmpty();
      boolean met =
          any && gate.bounds().stream().allMatch(b -> results.stream().allMatch(r -> keeps(b, r)));
      text.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  gate.what(),
                  any ? worst(gate, results) : "",
                  twin.map(t -> worst(gate, List.of(t))).orElse(""),
                  gate.oldReal(),
                  any ? results.size() + " of " + row.seeds() : "",
                  any ? (met ? "met" : "**missed**") : "not run yet"));
    }
  }

  private List<JsonNode> results(Row row) throws IOException {
    List<JsonNode> results = new ArrayList<>();
    for (long seed = 1; seed <= row.seeds(); seed++) {
      shelf.kept(row.file(seed), Row.with(row.command(), seed)).ifPresent(results::add);
    }
    return results;
  }

  private static boolean keeps(Expectation bound, JsonNode result) {
    JsonNode value = result.path(bound.key());
    return value.isNumber()
        && (bound.least()
            ? value.doubleValue() >= bound.bound()
            : value.doubleValue() <= bound.bound());
  }

  private static String worst(Gate gate, List<JsonNode> results) {
    return gate.bounds().stream().map(b -> worst(b, results)).collect(Collectors.joining(", "));
  }

  private static String worst(Expectation bound, List<JsonNode> results) {
    List<Double> values =
        results.stream()
            .map(r -> r.path(bound.key()))
            .filter(JsonNode::isNumber)
            .map(JsonNode::doubleValue)
            .sorted()
            .toList();
    if (values.isEmpty()) {
      return "no figure";
    }
    double worst = bound.least() ? values.getFirst() : values.getLast();
    boolean share = bound.key().contains("delivered");
    return share
        ? String.format(Locale.ROOT, "%.2f %%", Math.floor(worst * 10_000) / 100)
        : String.format(Locale.ROOT, worst == Math.rint(worst) ? "%.0f" : "%.2f", worst);
  }

  private String cost(Row row) throws IOException {
    Optional<JsonNode> first = shelf.kept(row.file(1), Row.with(row.command(), 1));
    return first
        .map(r ->
            "%s s, %s CPU-s, %s MiB"
                .formatted(
                    r.path("wall_seconds").asText("?"),
                    r.path("wall_cpu_seconds").asText("?"),
                    r.path("rss_most_mib").asText("?")))
        .orElse("");
  }
}
