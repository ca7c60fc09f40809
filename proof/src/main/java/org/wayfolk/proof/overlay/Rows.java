package org.wayfolk.proof.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of overlay.md 9 that simulation can run, cheap ones first. */
final class Rows {
  private static final String FIRST = "delivered_first_try >= 1";
  private static final List<String> NO_TWIN = List.of();

  private Rows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        joins(1_000, "overlay --nodes 1000 --crypto fast", 5, "3g", 2.7, 40)
            .old("overlay --nodes 1000 --policy nearest-only", "16.4 %"));
    rows.add(
        row("entries-1000", "overlay --nodes 1000 --entries 3 --crypto fast", 5, "3g")
            .gate("1,000 nodes through 3 fixed entry nodes, one attempt: 100 %", FIRST)
            .gate("the same: none without links", "without_links <= 0")
            .old("overlay --nodes 1000 --entries 3 --policy nearest-only", "6.2 %"));
    rows.add(
        row("at-once-1000", "overlay --nodes 1000 --entries 3 --all-at-once --crypto fast", 5, "4g")
            .gate(
                "1,000 nodes, all timers started in one instant: none without links",
                "without_links <= 0")
            .gate("the same, one attempt: 100 %", FIRST));
    rows.add(
        row("vanish-1000", "overlay --nodes 1000 --kill 0.2 --crypto fast", 5, "3g")
            .gate(
                "20 % vanish, before detection: one attempt >= 88 %",
                "before_detection_arrived_first_try >= 0.88")
            .gate(
                "the same, and acknowledged by it", "before_detection_delivered_first_try >= 0.88")
            .gate("the same, delivered: 100 %", "before_detection_delivered >= 1")
            .gate(
                "detected and not yet re-dialled: one attempt >= 99.9 %",
                "detected_delivered_first_try >= 0.999")
            .gate("after 75 s: one attempt 100 %", "repaired_delivered_first_try >= 1"));
    rows.add(
        row(
                "hostile-1000",
                "overlay --nodes 1000 --hostile 0.1 --attack mixed --crypto fast",
                5,
                "3g")
            .gate("10 % hostile: one attempt >= 98 %", "delivered_first_try >= 0.98")
            .gate("the same, with 4: 100 %", "delivered >= 1"));
    rows.add(
        row(
                "eclipse-1000",
                "overlay --nodes 1000 --attack eclipse --pairs 2000 --crypto fast",
                5,
                "3g")
            .gate("a victim whose 16 nearest are hostile: >= 95 %", "delivered_first_try >= 0.95")
            .gate("the same, with 4: >= 99.5 %", "delivered >= 0.995"));
    rows.add(
        joins(3_000, "overlay --nodes 3000 --crypto fast", 5, "6g", 3.1, 45)
            .old("overlay --nodes 3000 --policy nearest-only", "27.3 % (3 entries each)"));
    rows.add(
        row("entries-3000", "overlay --nodes 3000 --entries 3 --crypto fast", 5, "6g")
            .gate(
                "3,000 nodes through 3 fixed entry nodes: none without links", "without_links <= 0")
            .gate("the same, one attempt: 100 %", FIRST));
    rows.add(
        row("at-once-3000", "overlay --nodes 3000 --entries 3 --all-at-once --crypto fast", 5, "8g")
            .gate(
                "3,000 nodes, all timers started in one instant: none without links",
                "without_links <= 0")
            .gate("the same, one attempt: 100 %", FIRST));
    rows.add(
        row("churn-1000", "overlay --nodes 1000 --churn 1h --hours 6 --crypto fast", 5, "4g")
            .gate(
                "mean session 1 h, 6 h: one attempt >= 99.9 %, of pairs that stay",
                "delivered_first_try >= 0.999")
            .gate("the same, delivered: 100 %", "delivered >= 1"));
    rows.add(
        row("join-10000", "overlay --nodes 10000 --join-rate 50 --crypto fast", 1, "14g")
            .gate("10,000 nodes, joins 50/s, one attempt: 100 %", FIRST));
    rows.add(routing("1000000", "1g", 5.5, 7, 56));
    rows.add(routing("100000000", "16g", 7.3, 9, 68));
    return rows;
  }

  private static Row routing(String nodes, String heap, double mean, int p99, int links) {
    return row("routing-" + nodes, "routing --nodes " + nodes + " --geometry xor", 1, heap)
        .gate(
            "hops at " + nodes + ": mean <= " + mean + ", p99 <= " + p99,
            "hops_mean <= " + mean,
            "hops_p99 <= " + p99)
        .gate("the same with <= " + links + " links", "links_mean <= " + links)
        .gate("the same: all delivered", "delivered >= 1");
  }

  private static Row joins(
      int nodes, String command, int seeds, String heap, double hops, int links) {
    return row("join-" + nodes, command, seeds, heap)
        .gate(nodes + " nodes, joins 1/s through random members, one attempt: 100 %", FIRST)
        .gate("hops at " + nodes + ": mean <= " + hops, "hops_mean <= " + hops)
        .gate("hops at " + nodes + ": p99 <= 4", "hops_p99 <= 4")
        .gate("links at " + nodes + ": <= " + links, "links_mean <= " + links)
        .gate("join: first delivery <= 1 s after start", "first_delivery_ms_most <= 1000")
        .gate("join: full table <= 10 s", "full_table_ms_most <= 10000");
  }

  private static Row row(String name, String command, int seeds, String heap) {
    return new Row(name, words(command), seeds, heap, List.of(), NO_TWIN);
  }

  static List<String> words(String command) {
    return Arrays.asList(command.split(" ", -1));
  }
}
