package org.wayfolk.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Paint;

/** A status as people see it. */
final class StatusTextTest {
  private final StatusText text = new StatusText(Paint.PLAIN, 100_000);

  private static ObjectNode status() {
    ObjectNode s =
        Json.object().put("id", "cd".repeat(32)).put("network", "local").put("startedMs", 40_000);
    s.putArray("listen").add("127.0.0.1:4242");
    s.put("join", "cd".repeat(32) + "@127.0.0.1:4242").putArray("links");
    s.putObject("drops").put("stale", 1).put("too_fast", 9).put("odd", 2).put("rare", 1);
    return s.put("carriedTodayBytes", 4_100).put("carriedSinceMs", 1).put("forwarded", 12);
  }

  @Test
  void aNodeAloneIsToldHowToFindCompany() {
    List<String> lines = text.of(status(), true);
    assertThat(lines.getFirst()).isEqualTo("○ up for 1 min, without a link");
    assertThat(lines.getLast())
        .isEqualTo("    wayfolk up --network local --join " + "cd".repeat(32) + "@127.0.0.1:4242");
  }

  @Test
  void theMostFrequentRefusalsAreShown() {
    assertThat(text.of(status(), false))
        .anyMatch(l -> l.endsWith("9 too fast, 2 odd, 1 stale, and 1 more"));
  }

  @Test
  void duplicatesAreNoRefusals() {
    ObjectNode s = status();
    s.withObject("drops").put("envelope_replayed", 50);
    s.putObject("duplicates").put("envelope_replayed", 50);
    assertThat(text.of(s, false))
        .anyMatch(l -> l.endsWith("50 dropped, as expected"))
        .anyMatch(l -> l.endsWith("9 too fast, 2 odd, 1 stale, and 1 more"));
  }

  @Test
  void whatIsCarriedStandsBesideItsLimit() {
    ObjectNode s = status().put("carriedTodayBytes", 38_000_000);
    assertThat(text.of(s, false)).anyMatch(l -> l.contains("38 MB for others today"));
    s.put("carryPerDayBytes", 200_000_000).put("carries", true);
    assertThat(text.of(s, false)).anyMatch(l -> l.contains("38 of 200 MB for others today"));
    s.put("carryPerDayBytes", 1_500_000_000);
    assertThat(text.of(s, false)).anyMatch(l -> l.contains("38 MB of 1.5 GB for others today"));
    s.put("carryPerDayBytes", 38_000_000).put("carries", false);
    assertThat(text.of(s, false))
        .anyMatch(l -> l.endsWith("used up, it carries again from midnight"));
    s.put("carryPerDayBytes", 0).put("carriedTodayBytes", 0);
    assertThat(text.of(s, false))
        .anyMatch(
            l -> l.contains("0 of 0 B for others") && l.endsWith("carries nothing, as you said"));
  }

  @Test
  void aClockIsSpokenOfOnceItsUserShouldSetIt() {
    ObjectNode s = status();
    s.putObject("clock").put("skewMs", 300_000).put("votes", 7).put("alarming", false);
    assertThat(text.of(s, false)).noneMatch(l -> l.contains("clock"));
    s.putObject("clock").put("skewMs", -1_260_000).put("votes", 7).put("alarming", true);
    assertThat(text.of(s, false))
        .anyMatch(l -> l.contains("this machine's is 21 min fast by what nodes of 7 subnets say"));
  }

  private static ObjectNode link(String id, int level, boolean sibling) {
    return Json.object()
        .put("id", id.repeat(32))
        .put("address", "127.9.1.1:99")
        .put("level", level)
        .put("stratum", level + "b")
        .put("rttMs", 1.25)
        .put("sibling", sibling)
        .put("dialled", sibling)
        .put("cost", sibling ? "mains" : "last-resort")
        .put("carries", sibling)
        .put("ageMs", 61_000);
  }

  @Test
  void peersAreATableByLevel() {
    ObjectNode s = status();
    s.withArray("links")
        .add(link("ef", 3, true))
        .add(link("ab", 1, false))
        .add(link("cd", 0, false));
    assertThat(text.of(s, true))
        .containsSequence(
            "    place  peer      address          rtt  up for  dialled by  class",
            "  nearest: 1 link",
            "    3b     efefefef  127.9.1.1:99  1.3 ms   1 min  us          mains",
            "  level 1: 1 link",
            "    1b     abababab  127.9.1.1:99  1.3 ms   1 min  them        last resort, carries"
                + " nothing",
            "  level 0: 1 link",
            "    0b     cdcdcdcd  127.9.1.1:99  1.3 ms   1 min  them        last resort, carries"
                + " nothing");
    assertThat(text.of(s, false)).noneMatch(l -> l.contains("efefefef"));
  }

  @Test
  void aMeteredNodeSaysWhyItCarriesNothing() {
    ObjectNode s = status().put("cost", "metered").put("carries", false);
    assertThat(text.of(s, false))
        .anyMatch(l -> l.endsWith("it carries nothing, for you pay by volume"))
        .anyMatch(l -> l.matches("  class +metered"));
  }
}
