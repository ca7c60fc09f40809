package org.wayfolk.messenger.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;

/** A backup on a new machine: a new device, which its friends' devices learn of from itself. */
final class RestoredTest {
  @TempDir Path dir;

  @Test
  void aRestoredBackupGoesOnByItselfAndGetsWhatOnlyTheLostSessionsHeldOnce() {
    try (Two two = new Two(dir, 1)) {
      for (int i = 0; i < 10; i++) {
        two.anna.say(Two.FRIEND, "a" + i);
        two.ben.say(Two.FRIEND, "b" + i);
        two.wire.pass(Duration.ofSeconds(1));
      }
      Home.Image backup = two.anna.image();
      for (int i = 10; i < 90; i++) {
        two.ben.say(Two.FRIEND, "b" + i);
        two.wire.pass(Duration.ofSeconds(1));
      }
      two.anna.crash();
      EventId late = two.ben.say(Two.FRIEND, "are you there?");
      two.wire.pass(Duration.ofMinutes(30));

      try (Home again = two.annaRestored(dir.resolve("again"), backup)) {
        EventId here = again.say(Two.FRIEND, "here I am");
        two.wire.pass(Duration.ofMinutes(1));
        assertThat(two.ben.has(here)).isTrue();
        assertThat(again.has(late)).isTrue();
        assertThat(again.texts()).hasSize(91).doesNotHaveDuplicates();
        assertThat(two.ben.deviceChanges).isEqualTo(1);
        assertThat(two.ben.renewals).isEqualTo(1);
        assertThat(again.renewals).isEqualTo(1);
        // Nobody says that it arrived at the old device.
        List<Delivery> deliveries = two.ben.deliveries(late);
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries).extracting(Delivery::why).contains(Why.GONE);
        assertThat(deliveries).extracting(Delivery::stage).contains(Stage.DELIVERED);

        for (int i = 0; i < 20; i++) {
          two.ben.say(Two.FRIEND, "on" + i);
          again.say(Two.FRIEND, "and on" + i);
          two.wire.pass(Duration.ofSeconds(2));
        }
        assertThat(again.texts()).hasSize(111).doesNotHaveDuplicates();
        assertThat(two.crypto.reused).isZero();
      }
    }
  }

  @Test
  void theOldDeviceIsAStrangerAfterwards() {
    try (Two two = new Two(dir, 2)) {
      two.wire.pass(Duration.ofMinutes(5));
      Home.Image backup = two.anna.image();
      two.anna.crash();
      try (Home again = two.annaRestored(dir.resolve("again"), backup)) {
        again.say(Two.FRIEND, "here I am");
        two.wire.pass(Duration.ofMinutes(1));
        two.anna.restart();
        EventId stolen = two.anna.say(Two.FRIEND, "it is me, really");
        two.wire.pass(Duration.ofMinutes(1));
        assertThat(two.ben.has(stolen)).isFalse();
        assertThat(two.anna.deliveries(stolen).getFirst().why()).isEqualTo(Why.NO_ANSWER);
      }
    }
  }
}
