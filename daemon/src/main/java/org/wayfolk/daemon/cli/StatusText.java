package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Table;
import org.wayfolk.daemon.terminal.Wording;

/** A status as people read it. */
final class StatusText {
  /** Reasons shown without being asked for. */
  private static final int MOST_DROPS = 3;

  private final Paint paint;
  private final long nowMillis;

  StatusText(Paint paint, long nowMillis) {
    this.paint = paint;
    this.nowMillis = nowMillis;
  }

  List<String> of(ObjectNode status, boolean peers) {
    List<String> out = new ArrayList<>();
    JsonNode links = status.path("links");
    out.add(headline(status, links.size()));
    out.add("");
    Table facts = new Table(false, false);
    facts.row("id", status.path("id").asText());
    facts.row("network", status.path("network").asText());
    facts.row("listens at", joined(status.path("listen")));
    facts.row("links", links(links));
    facts.row("carried", carried(status));
    String cost = status.path("cost").asText("mains");
    if (!cost.equals("mains")) {
      facts.row("class", cost.replace('-', ' '));
    }
    facts.row("messages", messages(status));
    if (status.path("clock").path("alarming").asBoolean()) {
      facts.row("clock", paint.notice(clock(status.path("clock"))));
    }
    long duplicates = duplicates(status);
    if (duplicates > 0) {
      facts.row("duplicates", duplicates + " dropped, as expected");
    }
    String drops = drops(status);
    if (!drops.isEmpty()) {
      facts.row("refused", drops);
    }
    if (status.has("page")) {
      facts.row("page", page(status.path("page")));
    }
    out.addAll(facts.lines("  "));
    if (peers && !links.isEmpty()) {
      out.add("");
      out.addAll(table(links));
    }
    if (links.isEmpty()) {
      out.add("");
      out.add("  No link to anyone yet. Start another node with");
      out.add("    wayfolk up " + invitation(status));
    }
    return out;
  }

  /** What another node on a reachable machine would be given to join this one. */
  static String invitation(JsonNode status) {
    String network = status.path("network").asText();
    return (network.equals("main") ? "" : "--network " + network + " ")
        + "--join "
        + status.path("join").asText("ID@HOST:PORT");
  }

  private String headline(ObjectNode status, int links) {
    Duration up = Duration.ofMillis(Math.max(0, nowMillis - status.path("startedMs").asLong()));
    String since = " for " + Wording.age(up);
    return links > 0
        ? paint.good("● up") + since
        : paint.notice("○ up") + since + ", without a link";
  }

  private static String joined(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(a -> all.add(a.asText()));
    return all.isEmpty() ? "nowhere" : String.join(", ", all);
  }

  private static String links(JsonNode links) {
    int siblings = 0;
    for (JsonNode l : links) {
      siblings += l.path("sibling").asBoolean() ? 1 : 0;
    }
    return links.isEmpty()
        ? "none"
        : links.size() + (siblings > 0 ? ", " + siblings + " of them to the nearest nodes" : "");
  }

  private String carried(ObjectNode status) {
    Instant since = Instant.ofEpochMilli(status.path("carriedSinceMs").asLong());
    ZonedDateTime local = since.atZone(ZoneId.systemDefault());
    boolean midnight = local.toLocalTime().toSecondOfDay() == 0;
    return "%s for others today%s, %s since the start%s"
        .formatted(
            ofLimit(status),
            midnight ? "" : " (from " + DateTimeFormatter.ofPattern("HH:mm").format(local) + ")",
            Wording.count(status.path("forwarded").asLong(), "frame"),
            status.path("carries").asBoolean(true) ? "" : resting(status));
  }

  /** {@code 38 of 200 MB}, or the figure alone where there is no limit. */
  private static String ofLimit(ObjectNode status) {
    String today = Wording.bytes(status.path("carriedTodayBytes").asLong());
    JsonNode limit = status.path("carryPerDayBytes");
    if (limit.isMissingNode()) {
      return today;
    }
    String most = Wording.bytes(limit.asLong());
    String unit = today.substring(today.indexOf(' '));
    return most.endsWith(unit)
        ? today.substring(0, today.indexOf(' ')) + " of " + most
        : today + " of " + most;
  }

  private static String resting(ObjectNode status) {
    if (status.path("cost").asText().equals("metered")) {
      return "; it carries nothing, for you pay by volume";
    }
    return status.path("carryPerDayBytes").asLong() == 0
        ? "; it carries nothing, as you said"
        : "; used up, it carries again from midnight";
  }

  private static String messages(ObjectNode status) {
    long received = status.path("delivered").asLong();
    long unread = status.path("unread").asLong();
    if (received == 0) {
      return "none received";
    }
    return received + " received" + (unread == 0 ? "" : ", " + unread + " unread");
  }

  /** Only said where setting the clock is the remedy. */
  private static String clock(JsonNode clock) {
    long skew = clock.path("skewMs").asLong();
    int votes = clock.path("votes").asInt();
    return "this machine's is %s %s by what %s say: set it, or messages get lost"
        .formatted(
            Wording.age(Duration.ofMillis(Math.abs(skew))),
            skew > 0 ? "slow" : "fast",
            votes == 1 ? "the only node asked" : "nodes of " + votes + " subnets");
  }

  private static String page(JsonNode page) {
    String address = page.path("address").asText();
    if (page.has("trouble")) {
      return "cannot be served: " + page.path("trouble").asText();
    }
    int open = page.path("open").asInt();
    return address
        + (open > 0
            ? ", " + Wording.count(open, "page") + " open"
            : ", open it with `wayfolk open`")
        + (page.path("moved").asBoolean() ? " (another program had taken its port)" : "");
  }

  private static long duplicates(JsonNode status) {
    long sum = 0;
    for (JsonNode n : status.path("duplicates")) {
      sum += n.asLong();
    }
    return sum;
  }

  /** What was refused, without what is no refusal. */
  private static String drops(JsonNode status) {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>(status.path("drops").properties());
    all.removeIf(e -> status.path("duplicates").has(e.getKey()));
    all.sort(Comparator.comparingLong(e -> -e.getValue().asLong()));
    List<String> shown =
        all.stream()
            .limit(MOST_DROPS)
            .map(e -> e.getValue().asLong() + " " + e.getKey().replace('_', ' '))
            .toList();
    String more = all.size() > MOST_DROPS ? ", and " + (all.size() - MOST_DROPS) + " more" : "";
    return String.join(", ", shown) + more;
  }

  /** One table under headings: the nearest, then level by level, the nearest levels first. */
  private List<String> table(JsonNode links) {
    Table table = new Table(false, false, false, true, true, false, false);
    table.row("place", "peer", "address", "rtt", "up for", "dialled by", "class");
    List<String> group = new ArrayList<>();
    Map<String, Integer> sizes = new HashMap<>();
    for (JsonNode l : links) {
      double rtt = l.path("rttMs").asDouble();
      String name = group(l);
      group.add(name);
      sizes.merge(name, 1, Integer::sum);
      table.row(
          l.path("stratum").asText(),
          l.path("id").asText().substring(0, 8),
          l.path("address").asText(),
          rtt > 0 ? Wording.millis(rtt) : "-",
          Wording.age(Duration.ofMillis(l.path("ageMs").asLong())),
          l.path("dialled").asBoolean() ? "us" : "them",
          cost(l));
    }
    List<String> lines = table.lines("    ");
    List<String> out = new ArrayList<>();
    out.add(paint.faint(lines.getFirst()));
    for (int i = 0; i < group.size(); i++) {
      String name = group.get(i);
      if (i == 0 || !name.equals(group.get(i - 1))) {
        out.add("  " + name + ": " + Wording.count(sizes.getOrDefault(name, 0), "link"));
      }
      out.add(lines.get(i + 1));
    }
    return out;
  }

  private static String group(JsonNode link) {
    return link.path("sibling").asBoolean() ? "nearest" : "level " + link.path("level").asInt();
  }

  private static String cost(JsonNode link) {
    String cost = link.path("cost").asText("mains").replace('-', ' ');
    boolean idle = !link.path("carries").asBoolean(true) && !cost.equals("metered");
    return cost + (idle ? ", carries nothing" : "");
  }
}
