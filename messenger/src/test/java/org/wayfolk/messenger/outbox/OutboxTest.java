package org.wayfolk.messenger.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.work.News;

final class OutboxTest {
  @TempDir Path dir;

  @Test
  void whatIsSaidArrivesAtOnceAndIsShownAsDelivered() {
    try (Two two = new Two(dir, 1)) {
      EventId id = two.anna.say(Two.FRIEND, "hello");
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.SENT);
      two.wire.pass(Duration.ofSeconds(2));
      Delivery delivery = two.anna.deliveries(id).getFirst();
      assertThat(delivery.stage()).isEqualTo(Stage.DELIVERED);
      assertThat(delivery.hops()).isEqualTo(3);
      assertThat(two.ben.has(id)).isTrue();
      two.check("one");
    }
  }

  @Test
  void aThousandEachWayArriveInOrderAndOnce() {
    try (Two two = new Two(dir, 2)) {
      List<String> said = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        two.anna.say(Two.FRIEND, "a" + i);
        two.ben.say(Two.FRIEND, "b" + i);
        said.add("a" + i);
        if (i % 50 == 0) {
          two.wire.pass(Duration.ofMillis(200));
        }
      }
      two.wire.pass(Duration.ofMinutes(1));
      two.check("many");
      assertThat(two.ben.texts()).isEqualTo(said);
      assertThat(two.ben.again).isZero();
    }
  }

  @Test
  void aFriendWhoIsAwayForAWeekCostsATryInTenMinutesNotMoreForMoreMessages() {
    try (Two two = new Two(dir, 3)) {
      two.ben.crash();
      List<EventId> ids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ids.add(two.anna.say(Two.FRIEND, "m" + i));
      }
      two.wire.pass(Duration.ofHours(2));
      int before = two.wire.sends;
      two.wire.pass(Duration.ofDays(2));
      assertThat(two.wire.sends - before).isBetween(230, 390);
      Delivery waiting = two.anna.deliveries(ids.getFirst()).getFirst();
      assertThat(waiting.stage()).isEqualTo(Stage.QUEUED);
      assertThat(waiting.why()).isEqualTo(Why.NO_ANSWER);

      two.ben.restart();
      two.wire.back(two.ben);
      two.wire.pass(Duration.ofSeconds(30));
      two.check("a week");
    }
  }

  @Test
  void ofWhatIsReplacedOnlyTheNewestWaits() {
    try (Two two = new Two(dir, 4)) {
      two.ben.crash();
      EventId one = two.anna.say(Two.FRIEND, "read 1", Two.text("read"));
      two.wire.pass(Duration.ofMinutes(5));
      EventId two2 = two.anna.say(Two.FRIEND, "read 2", Two.text("read"));
      EventId three = two.anna.say(Two.FRIEND, "read 3", Two.text("read"));
      assertThat(two.anna.deliveries(two2)).isEmpty();
      two.wire.pass(Duration.ofMinutes(5));
      two.ben.restart();
      two.wire.back(two.ben);
      two.wire.pass(Duration.ofMinutes(1));
      assertThat(two.ben.has(three)).isTrue();
      assertThat(two.ben.has(one)).isFalse();
      assertThat(two.ben.has(two2)).isFalse();
      assertThat(two.anna.deliveries(three)).isEmpty();
    }
  }

  @Test
  void whatCannotHaveLeftCanBeTakenBack() {
    try (Two two = new Two(dir, 5)) {
      two.ben.crash();
      for (int i = 0; i < 3; i++) {
        two.anna.say(Two.FRIEND, "m" + i);
      }
      two.wire.pass(Duration.ofMinutes(1));
      EventId last = two.anna.say(Two.FRIEND, "oh no");
      assertThat(two.anna.<Boolean>ask(t -> two.anna.outbox.cancel(t, last))).isTrue();
      Delivery delivery = two.anna.deliveries(last).getFirst();
      assertThat(delivery.stage()).isEqualTo(Stage.FAILED);
      assertThat(delivery.why()).isEqualTo(Why.CANCELLED);
      EventId first = two.anna.said().getFirst();
      assertThat(two.anna.<Boolean>ask(t -> two.anna.outbox.cancel(t, first))).isFalse();
      two.ben.restart();
      two.wire.back(two.ben);
      two.wire.pass(Duration.ofMinutes(1));
      assertThat(two.ben.has(first)).isTrue();
      assertThat(two.ben.has(last)).isFalse();
    }
  }

  @Test
  void whatWaitsForABlockedFriendFails() {
    try (Two two = new Two(dir, 6)) {
      two.ben.crash();
      EventId id = two.anna.say(Two.FRIEND, "hello");
      two.anna.bench.run(t -> {
        two.anna.people.block(t, Two.FRIEND);
        two.anna.outbox.gone(t, Two.FRIEND);
      });
      assertThat(two.anna.deliveries(id).getFirst().why()).isEqualTo(Why.GONE);
      two.wire.pass(Duration.ofMinutes(1));
      two.ben.restart();
      two.wire.pass(Duration.ofHours(1));
      assertThat(two.ben.has(id)).isFalse();
    }
  }

  @Test
  void nothingLeavesThatIsNotStoredAndNothingStoredIsLostWhenThePowerGoes() {
    for (int sends = 0; sends < 12; sends++) {
      try (Two two = new Two(dir, 100 + sends)) {
        two.anna.sendsLeft = sends;
        for (int i = 0; i < 10; i++) {
          two.anna.say(Two.FRIEND, "m" + i);
        }
        two.wire.pass(Duration.ofMillis(100));
        two.anna.crash();
        two.wire.pass(Duration.ofMinutes(1));
        two.anna.restart();
        two.wire.back(two.anna);
        two.wire.pass(Duration.ofMinutes(2));
        two.check("after " + sends + " sends");
      }
    }
  }

  @Test
  void eachStepIsTold() {
    try (Two two = new Two(dir, 7)) {
      EventId id = two.anna.say(Two.FRIEND, "hello");
      two.wire.pass(Duration.ofSeconds(2));
      List<Stage> stages = new ArrayList<>();
      for (News news : two.anna.bench.news) {
        if (news instanceof Progress p && p.event().equals(id)) {
          stages.add(p.now().stage());
        }
      }
      assertThat(stages).containsExactly(Stage.SENT, Stage.DELIVERED);
    }
  }

  @Test
  void aLockedFriendIsNotAskedAtEachSignOfLifeButAtOnceWhenTheirMessengerSpeaks() {
    try (Two two = new Two(dir, 8)) {
      two.ben.locked = true;
      EventId id = two.anna.say(Two.FRIEND, "hello");
      two.wire.pass(Duration.ofMinutes(30));
      Delivery waiting = two.anna.deliveries(id).getFirst();
      assertThat(waiting.stage()).isEqualTo(Stage.QUEUED);
      assertThat(waiting.why()).isEqualTo(Why.LOCKED);
      int before = two.wire.sends;
      for (int i = 0; i < 100; i++) {
        two.anna.seen(two.ben.node());
        two.wire.pass(Duration.ofSeconds(1));
      }
      assertThat(two.wire.sends - before).isLessThan(3);

      two.ben.locked = false;
      two.ben.say(Two.FRIEND, "good morning");
      two.wire.pass(Duration.ofSeconds(5));
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.DELIVERED);
    }
  }

  @Test
  void whoTookNothingWhileTheyStartedIsAskedWithinAMinuteOfBeingSeen() {
    try (Two two = new Two(dir, 12)) {
      two.ben.starting = true;
      for (int i = 0; i < 40; i++) {
        two.anna.say(Two.FRIEND, "m" + i);
      }
      two.wire.pass(Duration.ofMinutes(15)); // the pauses are of minutes by now
      two.ben.starting = false;
      two.anna.seen(two.ben.node());
      two.wire.pass(Duration.ofSeconds(70));
      two.check("started");
    }
  }

  @Test
  void whatWasRefusedIsTriedAtOnceAfterAnOwnStart() {
    try (Two two = new Two(dir, 13)) {
      two.ben.starting = true;
      EventId id = two.anna.say(Two.FRIEND, "hello");
      two.wire.pass(Duration.ofMinutes(15));
      two.anna.crash();
      two.ben.starting = false;
      two.anna.restart();
      two.wire.pass(Duration.ofSeconds(5));
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.DELIVERED);
    }
  }

  @Test
  void whoIsThereAndSilentIsNotAskedAtEachSignOfLife() {
    try (Two two = new Two(dir, 11)) {
      two.ben.bench.run(t -> two.ben.people.block(t, Two.FRIEND));
      for (int i = 0; i < 50; i++) {
        two.anna.say(Two.FRIEND, "m" + i);
      }
      two.wire.pass(Duration.ofHours(1));
      int before = two.wire.sends;
      for (int i = 0; i < 600; i++) {
        two.anna.seen(two.ben.node());
        two.wire.pass(Duration.ofSeconds(1));
      }
      assertThat(two.wire.sends - before).isLessThan(25);
      two.ben.bench.run(t -> two.ben.people.unblock(t, Two.FRIEND));
      two.anna.seen(two.ben.node());
      two.wire.pass(Duration.ofMinutes(2));
      two.anna.seen(two.ben.node());
      two.wire.pass(Duration.ofMinutes(1));
      two.check("unblocked");
    }
  }

  @Test
  void whoseCertificateHasEndedIsWaitedForAndThenGetsIt() {
    try (Two two = new Two(dir, 12)) {
      two.ben.crash();
      two.wire.pass(Duration.ofDays(91));
      EventId id = two.anna.say(Two.FRIEND, "long ago");
      two.wire.pass(Duration.ofHours(1));
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.QUEUED);
      assertThat(two.anna.deliveries(id).getFirst().tries()).isZero();
      two.ben.restart();
      two.ben.bench.run(two.ben.people::me);
      two.wire.back(two.ben);
      DeviceList renewed = two.ben.bench.turn(t -> two.ben.people.me(t).devices());
      two.anna.bench.run(t -> {
        if (two.anna.people.updateDevices(t, Two.FRIEND, renewed)
            instanceof DevicesUpdate.Updated update) {
          two.anna.devices(t, update);
        }
      });
      two.wire.pass(Duration.ofMinutes(1));
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.DELIVERED);
    }
  }

  @Test
  void whoIsSeenIsTriedAtOnce() {
    try (Two two = new Two(dir, 9)) {
      two.ben.crash();
      EventId id = two.anna.say(Two.FRIEND, "hello");
      two.wire.pass(Duration.ofHours(5));
      two.ben.restart();
      two.anna.seen(two.ben.node());
      two.wire.pass(Duration.ofSeconds(2));
      assertThat(two.anna.deliveries(id).getFirst().stage()).isEqualTo(Stage.DELIVERED);
    }
  }

  @Test
  void aThousandThatWaitAllArriveOnceTheFriendIsBackThoughTheSessionWasLost() {
    try (Two two = new Two(dir, 10)) {
      two.ben.crash();
      for (int i = 0; i < 1_000; i++) {
        two.anna.say(Two.FRIEND, "m" + i);
      }
      two.wire.pass(Duration.ofHours(1));
      two.ben.restart();
      two.ben.bench.run(t -> {
        t.tx().run("DELETE FROM session_state");
        t.tx().run("DELETE FROM session_theirs");
      });
      two.wire.back(two.ben);
      two.wire.pass(Duration.ofMinutes(10));
      two.check("a thousand");
      assertThat(two.ben.texts()).hasSize(1_000);
      assertThat(two.anna.renewals).isEqualTo(1);
    }
  }
}
