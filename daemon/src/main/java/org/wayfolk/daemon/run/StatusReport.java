package org.wayfolk.daemon.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.wayfolk.daemon.run.LocalNode.Counts;
import org.wayfolk.daemon.run.LocalNode.LinkView;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Carried;
import org.wayfolk.time.Skew;
import org.wayfolk.transport.Address;

/** {@code status --json}: a promise to scripts (docs/cli.md). Keys may be added, never changed. */
final class StatusReport {
  /**
   * Among the drops, those that a healthy network brings about: a try leaves on two ways, and is
   * repeated when its receipt is late.
   */
  private static final List<Tally> DUPLICATES =
      List.of(Tally.ENVELOPE_REPLAYED, Tally.MESSAGE_DUPLICATE);

  private StatusReport() {}

  static ObjectNode of(LocalNode node, long startedMillis, int unread) {
    Counts counts = node.counts();
    ObjectNode out = Json.object();
    out.put("id", node.id().hex()).put("network", node.network());
    ArrayNode listen = out.putArray("listen");
    node.listen().stream().map(Address::toString).forEach(listen::add);
    ArrayNode links = out.putArray("links");
    sorted(node.links()).forEach(link -> links.add(link(link)));
    out.put("forwarded", counts.forwarded()).put("delivered", counts.delivered());
    ObjectNode drops = out.putObject("drops");
    counts.drops().forEach(drops::put);
    ObjectNode duplicates = out.putObject("duplicates");
    for (Tally t : DUPLICATES) {
      Long n = counts.drops().get(t.key());
      if (n != null) {
        duplicates.put(t.key(), n);
      }
    }
    out.put("unread", unread);
    Carried carried = node.carried();
    out.put("carriedTodayBytes", carried.today()).put("carriedSinceMs", carried.dayBegan());
    if (carried.perDay() != Carried.NO_LIMIT) {
      out.put("carryPerDayBytes", carried.perDay());
    }
    out.put("carries", carried.on()).put("cost", CostWord.of(node.cost()));
    Skew skew = node.clock();
    if (skew.votes() > 0) {
      out.putObject("clock")
          .put("skewMs", skew.millis())
          .put("votes", skew.votes())
          .put("correctedMs", skew.correctionMillis())
          .put("alarming", skew.alarming());
    }
    out.put("sentBytes", counts.sentBytes()).put("receivedBytes", counts.receivedBytes());
    node.listen().stream()
        .findFirst()
        .ifPresent(at -> out.put("join", node.id().hex() + "@" + Interfaces.seen(at)));
    out.put("startedMs", startedMillis).put("pid", ProcessHandle.current().pid());
    return out;
  }

  /** Siblings first, then from the nearest level to the farthest. */
  private static List<LinkView> sorted(List<LinkView> links) {
    return links.stream()
        .sorted(
            Comparator.comparing((LinkView l) -> !l.sibling())
                .thenComparing(Comparator.comparingInt(LinkView::level).reversed())
                .thenComparing(LinkView::id))
        .toList();
  }

  /** Level and half: {@code 3a}, {@code 3b}. */
  private static String stratum(LinkView l) {
    return l.level() + (l.half() == 0 ? "a" : "b");
  }

  private static ObjectNode link(LinkView l) {
    return Json.object()
        .put("id", l.id().hex())
        .put("address", l.address().toString())
        .put("level", l.level())
        .put("rttMs", Json.round(l.roundTripMillis()))
        .put("sibling", l.sibling())
        .put("dialled", l.dialled())
        .put("ageMs", l.ageMillis())
        .put("queuedBytes", l.queuedBytes())
        .put("stratum", stratum(l))
        .put("cost", CostWord.of(l.cost()))
        .put("carries", l.carries());
  }
}
