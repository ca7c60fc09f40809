package org.wayfolk.proof.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wayfolk.sim.disk.Sync;

/** The frame of the proof on a twin of the messenger: right, and with one fault of each kind. */
final class TownTest {
  private static final Plan PLAN = new Plan(5, 2_000, 8, 4, Duration.ofMinutes(6), 0.05, Sync.FULL);

  private static final Map<TwinFault, Set<Fault>> CAUGHT =
      Map.ofEntries(
          Map.entry(TwinFault.KEEPS_LATE, Set.of(Fault.FORGOTTEN)),
          Map.entry(TwinFault.LOSES, Set.of(Fault.LOST)),
          Map.entry(TwinFault.ANSWERS_EARLY, Set.of(Fault.NOT_STORED)),
          Map.entry(TwinFault.SHOWS_TWICE, Set.of(Fault.DOUBLED)),
          Map.entry(TwinFault.TELLS_TWICE, Set.of(Fault.DOUBLED)),
          Map.entry(TwinFault.SHOWS_AS_IT_COMES, Set.of(Fault.OUT_OF_ORDER)),
          Map.entry(TwinFault.CLOCK_STANDS, Set.of(Fault.OUT_OF_ORDER)),
          Map.entry(TwinFault.SENDS_EARLY, Set.of(Fault.LEFT_UNSTORED)),
          Map.entry(TwinFault.LOSES_EDITS, Set.of(Fault.ALTERED)),
          Map.entry(TwinFault.LOSES_REACTIONS, Set.of(Fault.ALTERED)),
          Map.entry(TwinFault.FORGETS_DELETIONS, Set.of(Fault.ALTERED)),
          Map.entry(TwinFault.LOSES_ANSWERS, Set.of(Fault.ALTERED)),
          Map.entry(TwinFault.INVENTS, Set.of(Fault.INVENTED)),
          Map.entry(TwinFault.BREAKS, Set.of(Fault.UNREADABLE)));

  private static Town run(Plan plan, TwinFault fault) {
    TwinWorld world = new TwinWorld(plan.seed());
    List<TwinHome> homes = new ArrayList<>();
    for (int i = 0; i < plan.users(); i++) {
      homes.add(new TwinHome(i, world, homes, fault));
    }
    Friendships friendships = new Friendships(plan.users(), plan.friends());
    Town town = new Town(plan, world, homes, friendships);
    town.run();
    if (!town.residents.stream().allMatch(Resident::up)) {
      return town;
    }
    new Judge(town.truth).judge(town.residents, friendships);
    return town;
  }

  @Test
  void aMessengerThatKeepsItsWordPasses() {
    Town town = run(PLAN, TwinFault.NONE);
    assertThat(town.truth.faults.told()).isEmpty();
    assertThat(town.waiting()).isZero();
    assertThat(town.truth.all).hasSize(PLAN.messages());
    assertThat(town.truth.any.count())
        .isEqualTo((int) town.truth.all.stream().filter(Written::kept).count());
  }

  @Test
  void everythingThatCanHappenHappens() {
    Town town = run(PLAN, TwinFault.NONE);
    assertThat(town.powerLossesInside).isGreaterThan(5);
    assertThat(town.powerLosses).isGreaterThan(5);
    assertThat(List.of(town.kills, town.stops, town.edits, town.deletions, town.reactions))
        .allSatisfy(n -> assertThat(n).isPositive());
    assertThat(town.replies).isGreaterThan(50);
    assertThat(town.truth.all).anyMatch(w -> !w.kept());
    assertThat(town.truth.together.count()).isBetween(1, town.truth.any.count() - 1);
  }

  @ParameterizedTest
  @EnumSource(value = TwinFault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedFaultIsCaughtAsWhatItIs(TwinFault fault) {
    Town town = run(PLAN, fault);
    assertThat(CAUGHT.get(fault))
        .as(town.truth.faults.toString())
        .allMatch(kind -> town.truth.faults.count(kind) > 0);
  }

  @Test
  void oneSeedIsOneRun() {
    Town one = run(PLAN, TwinFault.NONE);
    Town two = run(PLAN, TwinFault.NONE);
    assertThat(one.truth.all)
        .extracting(w -> w.id)
        .isEqualTo(two.truth.all.stream().map(w -> w.id).toList());
    assertThat(one.truth.any.perMille(990)).isEqualTo(two.truth.any.perMille(990));
  }

  @Test
  void everybodyKnowsWhoKnowsThem() {
    Friendships f = new Friendships(20, 6);
    for (int a = 0; a < 20; a++) {
      assertThat(f.of(a)).hasSize(6).doesNotContain(a);
      for (int b : f.of(a)) {
        assertThat(f.of(b)).contains(a);
      }
    }
    assertThat(f.pairs()).hasSize(60);
  }

  @Test
  void aTextNamesItsMessageToTheLastCharacter() {
    String text = Texts.of(77, 3);
    assertThat(Texts.number(text)).isEqualTo(77);
    assertThat(Texts.version(text)).isEqualTo(3);
    assertThat(Texts.version(text + "x")).isEqualTo(-1);
    assertThat(Texts.number("hello. there")).isEqualTo(-1);
    assertThat(Texts.version("#77.")).isEqualTo(-1);
  }
}
