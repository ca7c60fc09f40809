package org.wayfolk.proof.messages;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param figures by name, in the order of telling; the same in each run of a seed
 */
public record Result(boolean passed, String replay, Map<String, Object> figures) {
  static Result of(Plan plan, Passage passage, Town town, int notes) {
    Truth truth = town.truth;
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("seed", plan.seed());
    f.put("messages", truth.all.size());
    f.put("kept", truth.all.stream().filter(Written::kept).count());
    f.put("shownDelivered", truth.any.count());
    for (Fault kind : Fault.values()) {
      f.put(camel(kind), truth.faults.count(kind));
    }
    f.put("firstFaults", truth.faults.told());
    f.put("waitingAtTheEnd", town.waiting());
    f.put("users", plan.users());
    f.put("friendsEach", plan.friends());
    f.put("frameLoss", plan.loss());
    f.put("disks", plan.sync().name());
    f.put("virtualHours", hundredths(passage.now().toMillis() / 3_600_000.0));
    f.put("stopsInOrder", town.stops);
    f.put("kills", town.kills);
    f.put("powerLosses", town.powerLosses + town.powerLossesInside);
    f.put("powerLossesInsideTheDisksWork", town.powerLossesInside);
    f.put("edits", town.edits);
    f.put("deletions", town.deletions);
    f.put("takenBackBeforeTheyLeft", town.takenBack);
    f.put("reactions", town.reactions);
    f.put("replies", town.replies);
    f.put("notes", notes);
    f.put("refusals", new java.util.TreeMap<>(truth.refusals));
    double trip = Plan.roundTrip().toNanos();
    f.put("roundTripMillis", Plan.roundTrip().toMillis());
    f.put("bothUp", truth.together.count());
    f.put("bothUpP50Millis", truth.together.perMille(500) / 1_000_000);
    f.put("bothUpP99Millis", truth.together.perMille(990) / 1_000_000);
    f.put("bothUpP50RoundTrips", hundredths(truth.together.perMille(500) / trip));
    f.put("bothUpP99RoundTrips", hundredths(truth.together.perMille(990) / trip));
    f.put("allP50Millis", truth.any.perMille(500) / 1_000_000);
    f.put("allP99Millis", truth.any.perMille(990) / 1_000_000);
    boolean passed = truth.faults.none() && town.waiting() == 0;
    return new Result(passed, plan.replay(), f);
  }

  private static double hundredths(double x) {
    return Math.round(x * 100) / 100.0;
  }

  private static String camel(Fault kind) {
    StringBuilder s = new StringBuilder();
    for (String word : kind.name().toLowerCase(java.util.Locale.ROOT).split("_", -1)) {
      s.append(s.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return s.toString();
  }
}
