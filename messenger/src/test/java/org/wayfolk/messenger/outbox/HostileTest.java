package org.wayfolk.messenger.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.messenger.outbox.Home.Answer;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootKey;
import org.wayfolk.messenger.ratchet.Padding;
import org.wayfolk.messenger.session.Refusal;
import org.wayfolk.wire.Writer;

/** What comes from those who mean no good: each has its refusal, and is counted. */
final class HostileTest {
  private static final int SEALED = 2;
  private static final int FIRST = 3;
  private static final int ASK = 4;
  private static final int BUNDLE = 5;

  @TempDir Path dir;

  @Test
  void strangersAndBlockedFriendsMeetSilence() {
    try (Two two = new Two(dir, 1)) {
      NodeId stranger = Identity.ofSeed(new byte[32]).publicIdentity().id();
      List<Wire.Sent> kinds = everyKind(two);
      for (Wire.Sent sent : kinds) {
        assertThat(to(two, sent).arrive(stranger, sent.payload())).isEqualTo(Answer.SILENT);
      }
      assertThat(two.ben.sessions.refusals().get(Refusal.STRANGER)).isPositive();
      two.ben.bench.run(t -> two.ben.people.block(t, Two.FRIEND));
      for (Wire.Sent sent : kinds) {
        if (to(two, sent) == two.ben) {
          assertThat(two.ben.arrive(sent.from(), sent.payload())).isEqualTo(Answer.SILENT);
        }
      }
    }
  }

  @Test
  void nothingAlteredIsTakenAndTheTrueOneStillIs() {
    try (Two two = new Two(dir, 2)) {
      SplittableRandom random = new SplittableRandom(2);
      List<Wire.Sent> kinds = everyKind(two);
      for (Wire.Sent sent : kinds) {
        for (int i = 0; i < 40; i++) {
          byte[] altered = sent.payload().clone();
          altered[1 + random.nextInt(altered.length - 1)] ^= (byte) (1 << random.nextInt(8));
          assertThat(to(two, sent).arrive(sent.from(), altered)).isNotEqualTo(Answer.ACCEPTED);
        }
      }
      two.wire.pass(Duration.ofHours(2));
      two.anna.say(Two.FRIEND, "still here");
      two.ben.say(Two.FRIEND, "so am I");
      two.wire.pass(Duration.ofHours(3));
      two.check("after alterations");
    }
  }

  @Test
  void aReplayedBeginningChangesNothing() {
    try (Two two = new Two(dir, 3)) {
      List<Wire.Sent> kinds = everyKind(two);
      int renewals = two.ben.renewals + two.anna.renewals;
      for (int i = 0; i < 3; i++) {
        for (Wire.Sent sent : kinds) {
          if (sent.type() == FIRST) {
            assertThat(to(two, sent).arrive(sent.from(), sent.payload()))
                .isEqualTo(Answer.ACCEPTED);
          }
        }
        two.wire.pass(Duration.ofHours(2));
      }
      assertThat(two.ben.renewals + two.anna.renewals).isEqualTo(renewals);
      assertThat(
              two.ben.sessions.refusals().getOrDefault(Refusal.REPEATED, 0L)
                  + two.anna.sessions.refusals().getOrDefault(Refusal.REPEATED, 0L))
          .isPositive();
      two.check("after a replay");
    }
  }

  @Test
  void aDeviceThatTheRootDidNotCertifyIsAStranger() {
    try (Two two = new Two(dir, 4)) {
      Me anna = two.anna.bench.turn(two.anna.people::me);
      Identity node = Identity.ofSeed(seed(9));
      DeviceKeys keys = DeviceKeys.ofSeed(seed(8));
      RootKey mallory = RootKey.ofSeed(seed(7));
      long now = two.wire.now();
      DeviceClaim claim = DeviceClaim.make(anna.card(), keys, node);
      DeviceCertificate forged =
          DeviceCertificate.issue(mallory, anna.card(), 2, claim, now, now + 86_400_000L);
      DeviceList list =
          DeviceList.issue(mallory, anna.card(), now + 1, List.of(anna.device(), forged), Set.of());
      byte[] ask = ask(keys, two.ben.node(), list, 1);
      assertThat(two.ben.arrive(node.publicIdentity().id(), ask)).isEqualTo(Answer.SILENT);
      assertThat(two.ben.sessions.refusals().get(Refusal.FORGED)).isEqualTo(1);
      assertThat(two.ben.deviceChanges).isZero();
    }
  }

  @Test
  void aTrueListDoesNotHelpWhoHasNotItsDeviceKey() {
    try (Two two = new Two(dir, 5)) {
      Me anna = two.anna.bench.turn(two.anna.people::me);
      DeviceKeys others = DeviceKeys.ofSeed(seed(8));
      byte[] ask = ask(others, two.ben.node(), anna.devices(), 1);
      assertThat(two.ben.arrive(two.anna.node(), ask)).isEqualTo(Answer.REFUSED);
      assertThat(two.ben.sessions.refusals().get(Refusal.FORGED)).isEqualTo(1);
    }
  }

  @Test
  void aRequestToAnotherDoesNotCountHere() {
    try (Two two = new Two(dir, 6)) {
      Me anna = two.anna.bench.turn(two.anna.people::me);
      DeviceKeys keys = two.anna.bench.turn(two.anna.people::keys);
      byte[] toOther = ask(keys, two.anna.node(), anna.devices(), 1);
      assertThat(two.ben.arrive(two.anna.node(), toOther)).isEqualTo(Answer.REFUSED);
    }
  }

  @Test
  void requestsCountOnceAnHour() {
    try (Two two = new Two(dir, 7)) {
      two.wire.tapping = true;
      Me anna = two.anna.bench.turn(two.anna.people::me);
      DeviceKeys keys = two.anna.bench.turn(two.anna.people::keys);
      Answer[] answers = new Answer[4];
      for (int i = 0; i < answers.length; i++) {
        byte[] ask = ask(keys, two.ben.node(), anna.devices(), 1 + i / 2);
        answers[i] = two.ben.arrive(two.anna.node(), ask);
        two.wire.pass(Duration.ofMinutes(1));
      }
      // The second is the first again; the others are new, and too soon.
      assertThat(answers)
          .containsExactly(Answer.ACCEPTED, Answer.ACCEPTED, Answer.REFUSED, Answer.REFUSED);
      assertThat(two.ben.sessions.refusals().get(Refusal.TOO_SOON)).isEqualTo(2);
      assertThat(two.wire.tapped.stream().filter(s -> s.type() == BUNDLE)).hasSize(1);
      two.wire.pass(Duration.ofHours(1));
      byte[] later = ask(keys, two.ben.node(), anna.devices(), 9);
      assertThat(two.ben.arrive(two.anna.node(), later)).isEqualTo(Answer.ACCEPTED);
    }
  }

  @Test
  void anythingAtAllIsAnsweredAndNothingThrows() {
    try (Two two = new Two(dir, 8)) {
      SplittableRandom random = new SplittableRandom(8);
      for (int i = 0; i < 400; i++) {
        byte[] any = new byte[random.nextInt(3_000)];
        random.nextBytes(any);
        if (any.length > 0) {
          any[0] = (byte) random.nextInt(8);
        }
        assertThat(two.ben.arrive(two.anna.node(), any)).isNotEqualTo(Answer.ACCEPTED);
      }
      assertThat(two.ben.arrive(two.anna.node(), new byte[Padding.LARGEST + 1]))
          .isEqualTo(Answer.REFUSED);
      assertThat(two.ben.sessions.refusals().get(Refusal.MALFORMED)).isPositive();
      two.wire.pass(Duration.ofHours(2));
      two.anna.say(Two.FRIEND, "still here");
      two.wire.pass(Duration.ofHours(2));
      two.check("after garbage");
    }
  }

  @Test
  void everyPayloadHasOneOfThePaddedSizes() {
    try (Two two = new Two(dir, 9)) {
      SplittableRandom random = new SplittableRandom(9);
      List<Wire.Sent> all = everyKind(two);
      two.wire.tapping = true;
      for (int i = 0; i < 20; i++) {
        two.anna.say(Two.FRIEND, "x".repeat(1 + random.nextInt(40_000)));
      }
      two.wire.pass(Duration.ofMinutes(1));
      all.addAll(two.wire.tapped);
      for (Wire.Sent sent : all) {
        int length = sent.payload().length;
        assertThat(length).isEqualTo(Padding.sizeFor(length));
      }
      two.check("long ones");
    }
  }

  /** One payload of every kind, as it went over the wire while both lost their sessions in turn. */
  private static List<Wire.Sent> everyKind(Two two) {
    two.wire.pass(Duration.ofMinutes(5));
    Home.Image image = two.ben.image();
    two.anna.say(Two.FRIEND, "one");
    two.ben.say(Two.FRIEND, "two");
    two.wire.pass(Duration.ofMinutes(1));
    two.wire.tapping = true;
    // Ben goes back: he begins anew with a prekey of Anna's, or asks.
    two.ben.crash();
    two.ben.restart(image);
    two.ben.bench.run(t -> t.tx().run("DELETE FROM session_theirs"));
    two.ben.say(Two.FRIEND, "three");
    two.anna.say(Two.FRIEND, "four");
    two.wire.pass(Duration.ofHours(3));
    // Now Ben has forgotten all of it.
    two.ben.bench.run(t -> {
      t.tx().run("DELETE FROM session_state");
      t.tx().run("DELETE FROM session_theirs");
    });
    two.ben.say(Two.FRIEND, "five");
    two.wire.pass(Duration.ofHours(3));
    two.wire.tapping = false;
    List<Wire.Sent> out = new java.util.ArrayList<>();
    for (int type : new int[] {SEALED, FIRST, ASK, BUNDLE}) {
      two.wire.tapped.stream().filter(s -> s.type() == type).findFirst().ifPresent(out::add);
    }
    assertThat(out).hasSize(4);
    two.check("before anything hostile");
    return out;
  }

  private static Home to(Two two, Wire.Sent sent) {
    return sent.to().equals(two.anna.node()) ? two.anna : two.ben;
  }

  /** An ASK written by hand, from the page of the protocol. */
  private static byte[] ask(DeviceKeys keys, NodeId to, DeviceList list, int name) {
    byte[] bytes = list.encode();
    Writer w = new Writer(Padding.LARGEST).u8(ASK).u16(bytes.length).bytes(bytes);
    byte[] signed = w.i64(0).i64(name).i64(0).i64(0).toBytes();
    byte[] signature = keys.sign(new Purpose("session ask"), to.bytes(), signed);
    byte[] plain = w.bytes(signature).toBytes();
    byte[] padded = Arrays.copyOf(plain, Padding.sizeFor(plain.length + 1));
    padded[plain.length] = (byte) 0x80;
    return padded;
  }

  private static byte[] seed(int n) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) n);
    return seed;
  }
}
