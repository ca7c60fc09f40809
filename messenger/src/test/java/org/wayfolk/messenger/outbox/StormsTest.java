package org.wayfolk.messenger.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;

/** Two talk while everything goes wrong; afterwards nothing is missing, and no key served twice. */
final class StormsTest {
  @TempDir Path dir;

  @Test
  void lossDoublesAndReorderingTakeNothing() {
    for (int seed = 1000; seed < 1004; seed++) {
      try (Two two = new Two(dir, seed)) {
        SplittableRandom random = new SplittableRandom(seed);
        two.wire.loss = 0.2;
        two.wire.doubles = 0.2;
        two.wire.slowest = 3_000;
        for (int i = 0; i < 150; i++) {
          (random.nextBoolean() ? two.anna : two.ben).say(Two.FRIEND, "m" + i);
          two.wire.pass(Duration.ofMillis(random.nextLong(2_000)));
        }
        two.heal();
        two.check("seed " + seed);
        assertThat(two.anna.renewals + two.ben.renewals).as("resets without a cause").isZero();
      }
    }
  }

  @Test
  void crashesAtAnyInstantTakeNothingAndCostNoSession() {
    for (int seed = 2000; seed < 2004; seed++) {
      try (Two two = new Two(dir, seed)) {
        SplittableRandom random = new SplittableRandom(seed);
        two.wire.loss = 0.05;
        for (int i = 0; i < 120; i++) {
          Home home = random.nextBoolean() ? two.anna : two.ben;
          if (!home.online) {
            home.restart();
            two.wire.back(home);
          } else if (random.nextInt(8) == 0) {
            home.sendsLeft = random.nextInt(4);
            home.say(Two.FRIEND, "last words " + i);
            two.wire.pass(Duration.ofMillis(random.nextLong(400)));
            home.crash();
          } else {
            home.say(Two.FRIEND, "m" + i);
          }
          two.wire.pass(Duration.ofMillis(random.nextLong(3_000)));
        }
        two.heal();
        two.check("seed " + seed);
        assertThat(two.anna.renewals + two.ben.renewals).as("resets without a cause").isZero();
      }
    }
  }

  @Test
  void aDiskThatWentBackLosesNothingOfTheOthersAndTheConversationGoesOn() {
    for (int lost : List.of(1, 5, 40, 200)) {
      try (Two two = new Two(dir, 3000 + lost)) {
        two.anna.say(Two.FRIEND, "before");
        two.wire.pass(Duration.ofMinutes(5));
        Home.Image image = two.ben.image();
        for (int i = 0; i < lost; i++) {
          two.anna.say(Two.FRIEND, "m" + i);
          two.wire.pass(Duration.ofSeconds(1));
        }
        two.check("before the image " + lost);
        two.ben.crash();
        two.ben.restart(image);
        two.wire.back(two.ben);
        EventId next = two.anna.say(Two.FRIEND, "after");
        two.wire.pass(Duration.ofMinutes(15));
        assertThat(two.ben.has(next)).as("lost " + lost).isTrue();
        two.check("lost " + lost);
        assertThat(two.ben.texts()).hasSize(lost + 2).doesNotHaveDuplicates();
        assertThat(two.anna.renewals).isEqualTo(1);
        assertThat(two.ben.renewals).isEqualTo(1);
      }
    }
  }

  @Test
  void whoseDiskWentBackIsHeardAgainByWhatTheySayThemselves() {
    try (Two two = new Two(dir, 3500)) {
      two.wire.pass(Duration.ofMinutes(5));
      Home.Image image = two.ben.image();
      for (int i = 0; i < 20; i++) {
        two.ben.say(Two.FRIEND, "b" + i);
        two.anna.say(Two.FRIEND, "a" + i);
        two.wire.pass(Duration.ofSeconds(2));
      }
      two.ben.crash();
      two.ben.restart(image);
      two.wire.back(two.ben);
      EventId next = two.ben.say(Two.FRIEND, "where was I");
      two.wire.pass(Duration.ofMinutes(15));
      assertThat(two.anna.has(next)).isTrue();
      two.check("went back");
      assertThat(two.anna.texts()).hasSize(21).doesNotHaveDuplicates();
      assertThat(two.ben.texts()).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void crashesAndImagesAndAllElseAtOnce() {
    for (int seed = 4000; seed < 4003; seed++) {
      storm(seed, 120);
    }
  }

  /** In these, sequences that were given out twice made one side believe that the other had all. */
  @Test
  void bothDisksGoBackAfterSequencesWereGivenOutTwice() {
    for (int seed : List.of(6033, 6036, 6059)) {
      storm(seed, 120);
    }
  }

  @Test
  void whatWasSaidBeforeOneLearntHowFarItHadCountedIsNotTakenForWhatTheOtherHad() {
    try (Two two = new Two(dir, 3600)) {
      Home.Image annas = two.anna.image();
      for (int i = 0; i < 100; i++) {
        two.anna.say(Two.FRIEND, "first life " + i);
      }
      two.wire.pass(Duration.ofMinutes(5));
      Home.Image bens = two.ben.image();
      two.anna.crash();
      two.anna.restart(annas);
      two.wire.back(two.anna);
      // Ben knows other events by these sequences.
      EventId[] second = new EventId[5];
      for (int i = 0; i < second.length; i++) {
        second[i] = two.anna.say(Two.FRIEND, "second life " + i);
      }
      two.wire.pass(Duration.ofHours(2));
      two.check("anna went back");
      two.ben.crash();
      two.ben.restart(bens);
      two.wire.back(two.ben);
      two.anna.say(Two.FRIEND, "after");
      two.wire.pass(Duration.ofHours(2));
      for (EventId id : second) {
        assertThat(two.ben.has(id)).isTrue();
      }
      two.check("ben went back, too");
      assertThat(two.ben.texts()).hasSize(106).doesNotHaveDuplicates();
    }
  }

  private void storm(int seed, int steps) {
    try (Two two = new Two(dir, seed)) {
      SplittableRandom random = new SplittableRandom(seed);
      Home.Image[] images = {two.anna.image(), two.ben.image()};
      two.wire.loss = random.nextDouble() / 4;
      two.wire.doubles = random.nextDouble() / 4;
      two.wire.slowest = random.nextLong(100, 5_000);
      for (int i = 0; i < steps; i++) {
        int who = random.nextInt(2);
        Home home = who == 0 ? two.anna : two.ben;
        if (!home.online) {
          home.restart(random.nextInt(3) == 0 ? images[who] : null);
          two.wire.back(home);
        } else {
          act(random, home, images, who, i);
        }
        two.wire.pass(Duration.ofMillis(random.nextLong(random.nextInt(6) == 0 ? 900_000 : 3_000)));
      }
      two.heal();
      two.anna.say(Two.FRIEND, "all well?");
      two.ben.say(Two.FRIEND, "all well.");
      two.wire.pass(Duration.ofHours(6));
      two.anna.lookForGaps();
      two.ben.lookForGaps();
      two.wire.pass(Duration.ofHours(6));
      two.check("seed " + seed);
    }
  }

  private static void act(SplittableRandom random, Home home, Home.Image[] images, int who, int i) {
    switch (random.nextInt(12)) {
      case 0 -> home.crash();
      case 1 -> {
        home.sendsLeft = random.nextInt(4);
        home.say(Two.FRIEND, "last words " + i);
        home.crash();
      }
      case 2 -> images[who] = home.image();
      case 3 -> {
        for (int n = 0; n < 50; n++) {
          home.say(Two.FRIEND, "many " + i + " " + n);
        }
      }
      default -> home.say(Two.FRIEND, "m" + i);
    }
  }
}
