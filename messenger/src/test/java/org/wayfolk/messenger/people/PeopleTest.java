package org.wayfolk.messenger.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceCertificate.Validity;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.person.Someone;
import org.wayfolk.messenger.words.Mnemonic;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Trouble;

final class PeopleTest {

  @TempDir Path dir;
  private People people;
  private final Someone bob = new Someone(2);
  private final Someone carol = new Someone(3);
  private Home home;
  private Bench bench;

  @BeforeEach
  void open() {
    home = new Home(dir, Home.NODE);
    bench = home.bench;
    people = home.people;
  }

  @AfterEach
  void close() {
    home.close();
  }

  // ---- me

  @Test
  void iAmMadeOnceAndStayTheSameAfterARestart() {
    assertThat(home.meIfMade()).isEmpty();
    Me me = home.me();
    byte[] keys = home.deviceKey();
    bench.reopen();

    assertThat(home.me()).isEqualTo(me);
    assertThat(home.meIfMade()).contains(me);
    assertThat(home.deviceKey()).isEqualTo(keys);
    assertThat(me.device().claim().deviceKey()).isEqualTo(keys);
    assertThat(me.device().node()).isEqualTo(Home.NODE.id());
    assertThat(me.devices().check(me.claim(), bench.now())).isEqualTo(DeviceList.Verdict.VALID);
    assertThat(me.name()).isEmpty();
    assertThat(bench.news).isEmpty();
  }

  @Test
  void theWordsGiveMyCardAgainAndAreForgottenOnceWrittenDown() {
    Me me = home.me();
    List<String> words = home.words().orElseThrow();
    Mnemonic.Reading reading = Mnemonic.read(String.join(" ", words), 24);
    assertThat(reading).isInstanceOf(Mnemonic.Reading.Bytes.class);
    Phrase phrase = Phrase.of(((Mnemonic.Reading.Bytes) reading).bytes());
    assertThat(phrase.claim()).isEqualTo(me.claim());
    assertThat(me.claim().announces(phrase.root(1).publicKey())).isTrue();

    bench.run(people::wordsWritten);

    assertThat(home.words()).isEmpty();
    assertThat(home.me().wordsWritten()).isTrue();
    assertThat(home.me().claim()).isEqualTo(me.claim());
  }

  @Test
  void whenThirtyDaysAreLeftTheCertificateIsRenewedAndFriendsCanBeTold() {
    Me me = home.me();
    bench.pass(Duration.ofDays(60));
    assertThat(home.me()).isEqualTo(me);
    bench.pass(Duration.ofMillis(1));

    Me renewed = home.me();

    assertThat(renewed.device().notAfter()).isEqualTo(bench.now() + 90 * Someone.DAY);
    assertThat(renewed.device().number()).isEqualTo(me.device().number());
    assertThat(renewed.devices().sequence()).isGreaterThan(me.devices().sequence());
    assertThat(renewed.device().claim().deviceKey()).isEqualTo(me.device().claim().deviceKey());
    assertThat(renewed.devices().check(me.claim(), bench.now()))
        .isEqualTo(DeviceList.Verdict.VALID);
    assertThat(bench.news).containsExactly(new PeopleNews.OwnDevices(renewed.devices()));
    assertThat(home.me()).isEqualTo(renewed);
    assertThat(bench.news).hasSize(1);
  }

  @Test
  void renewalStillWorksAfterTheWordsAreForgottenAndAYearAway() {
    home.me();
    bench.run(people::wordsWritten);
    bench.pass(Duration.ofDays(365));
    assertThat(home.me().device().at(bench.now())).isEqualTo(Validity.VALID);
  }

  @Test
  void anotherNodeGetsACertificateForTheSameDevice() {
    Me me = home.me();
    People moved = new People(bob.node(7));
    Me after = bench.turn(moved::me);
    assertThat(after.device().node()).isEqualTo(bob.node(7).id());
    assertThat(after.device().number()).isEqualTo(me.device().number());
    assertThat(after.devices().sequence()).isGreaterThan(me.devices().sequence());
  }

  @Test
  void aMintThatWasUndoneLeavesNoTrace() {
    byte[][] key = new byte[1][];
    assertThatThrownBy(() ->
            bench.run(turn -> {
              key[0] = people.keys(turn).deviceKey();
              throw new IllegalStateException("undone");
            }))
        .hasMessage("undone");
    assertThat(home.meIfMade()).isEmpty();
    assertThat(home.deviceKey()).isNotEqualTo(key[0]);
  }

  @Test
  void theWordsAloneBringBackTheCardInAnEmptyHome() {
    Phrase phrase = Phrase.of(new byte[32]);
    home.me();

    Me me = bench.turn(turn -> people.recover(turn, phrase, "Alice"));

    assertThat(home.me()).isEqualTo(me);
    assertThat(me.claim()).isEqualTo(phrase.claim());
    assertThat(me.name()).isEqualTo("Alice");
    assertThat(me.wordsWritten()).isTrue();
    assertThat(me.device().number()).isGreaterThan(1);
    assertThat(me.devices().check(phrase.claim(), bench.now())).isEqualTo(DeviceList.Verdict.VALID);
    assertThat(home.words()).isEmpty();
    assertThat(bench.news).containsExactly(new PeopleNews.OwnDevices(me.devices()));
  }

  @Test
  void aHomeWithFriendsBecomesNobodyElses() {
    Me me = home.me();
    add(bob, "Bob");
    assertThatThrownBy(
            () -> bench.turn(turn -> people.recover(turn, Phrase.of(new byte[32]), "Alice")))
        .isInstanceOf(Trouble.class);
    assertThat(home.me()).isEqualTo(me);
  }

  @Test
  void myNameIsCleaned() {
    assertThat(bench.<String>turn(turn -> people.callMe(turn, " Ali\u202ece "))).isEqualTo("Alice");
    assertThat(home.me().name()).isEqualTo("Alice");
  }

  // ---- friends

  @Test
  void aFriendIsFoundByCardNumberNameAndNode() {
    Friend friend = add(bob, "Bob");
    assertThat(bench.news).containsExactly(new PeopleNews.Added(friend));
    bench.reopen();

    assertThat(home.friend(bob.card())).contains(friend);
    assertThat(home.friend(friend.number())).contains(friend);
    assertThat(home.named("bOB")).contains(friend);
    assertThat(home.friends()).containsExactly(friend);
    assertThat(device(bob, 1))
        .contains(new Device(friend.number(), friend.devices().devices().getFirst()));
    assertThat(home.devices(friend)).hasSize(1);
    assertThat(friend.number()).isPositive();
    assertThat(friend.verified()).isFalse();
    assertThat(device(carol, 1)).isEmpty();
    assertThat(home.friend(carol.card())).isEmpty();
  }

  @Test
  void twoFriendsNeverShareACardOrAName() {
    Friend friend = add(bob, "Sam");
    assertThat(add(carol, "SAM").name()).isEqualTo("SAM 2");
    assertThat(addition(bob, "Somebody else")).isEqualTo(new Addition.Known(friend));
    assertThat(home.friends()).hasSize(2);
  }

  @Test
  void whoGivesNoNameIsCalledByTheirCard() {
    assertThat(add(bob, "\u202e ").name()).isEqualTo("friend-" + bob.card().shortHex());
  }

  @Test
  void meetingAgainTakesOverANewerDeviceList() {
    Friend friend = add(bob, "Bob");
    bench.pass(Duration.ofHours(1));
    DeviceList newer = list(bob, 1, 2);
    assertThat(home.add(bob, newer, "x"))
        .isInstanceOfSatisfying(
            Addition.Known.class, known -> assertThat(known.friend().devices()).isEqualTo(newer));
    assertThat(device(bob, 2).orElseThrow().friend()).isEqualTo(friend.number());
  }

  @Test
  void myOwnCardAndListsThatDoNotHoldAreNotAdded() {
    Me me = home.me();
    assertThat(bench.<Addition>turn(turn -> people.add(turn, me.claim(), me.devices(), "I")))
        .isEqualTo(new Addition.Own());
    assertThat(home.add(bob, list(carol, 1), "Bob"))
        .isEqualTo(new Addition.Refused(DeviceList.Verdict.WRONG_CARD));
    assertThat(home.friends()).isEmpty();
  }

  @Test
  void renamingKeepsNamesUniqueAndFreesTheOldOne() {
    Friend friend = add(bob, "Bob");
    add(carol, "Carol");
    assertThat(rename(friend, "carol")).isEqualTo("carol 2");
    assertThat(rename(friend, "BOB")).isEqualTo("BOB");
    assertThat(rename(friend, "Bob")).isEqualTo("Bob");
    assertThat(rename(friend, "Robert")).isEqualTo("Robert");
    assertThat(home.named("Bob")).isEmpty();
    assertThat(home.named("robert")).isPresent();
  }

  @Test
  void aBlockedFriendIsAStrangerAndStaysInTheList() {
    Friend friend = add(bob, "Bob");
    bench.turn(turn -> people.block(turn, friend.number()));
    assertThat(device(bob, 1)).isEmpty();
    assertThat(home.friends().getFirst().blocked()).isTrue();
    assertThat(home.named("Bob")).isPresent();

    bench.turn(turn -> people.unblock(turn, friend.number()));
    assertThat(device(bob, 1)).isPresent();
  }

  @Test
  void aRemovedFriendIsForgottenAndTheNumberIsNeverGivenAgain() {
    Friend friend = add(bob, "Bob");
    bench.turn(turn -> people.remove(turn, friend.number()));
    assertThat(bench.news).contains(new PeopleNews.Removed(friend));
    assertThat(device(bob, 1)).isEmpty();
    assertThat(home.friend(bob.card())).isEmpty();
    assertThatThrownBy(() -> bench.turn(turn -> people.block(turn, friend.number())))
        .isInstanceOf(Trouble.class);
    bench.reopen();

    Friend again = add(bob, "Bob");
    assertThat(again.number()).isGreaterThan(friend.number());
    assertThat(again.name()).isEqualTo("Bob");
  }

  @Test
  void verificationIsKeptWithItsTimeAndTakenBack() {
    Friend friend = add(bob, "Bob");
    bench.turn(turn -> people.verified(turn, friend.number(), true, 77));
    bench.reopen();
    assertThat(home.friends().getFirst().verifiedAt()).isEqualTo(77);
    bench.turn(turn -> people.verified(turn, friend.number(), false, 78));
    assertThat(home.friends().getFirst().verified()).isFalse();
  }

  @Test
  void whoIsProposedIsAStrangerUntilAddedUnderTheSameNumber() {
    long number = home.propose(bob, list(bob, 1));
    assertThat(home.propose(bob, list(bob, 1))).isEqualTo(number);
    assertThat(home.friends()).isEmpty();
    assertThat(device(bob, 1)).isEmpty();
    assertThat(home.friend(bob.card())).isEmpty();
    assertThat(home.friend(number)).isEmpty();
    assertThat(bench.news).isEmpty();

    assertThat(add(bob, "Bob").number()).isEqualTo(number);
    assertThat(device(bob, 1)).isPresent();
    bench.run(turn -> people.withdraw(turn, number));
    assertThat(home.friends()).hasSize(1);
  }

  @Test
  void whoIsWithdrawnLeavesNothing() {
    long number = home.propose(bob, list(bob, 1));
    bench.run(turn -> people.withdraw(turn, number));
    assertThat(add(bob, "Bob").number()).isGreaterThan(number);
  }

  @Test
  void somebodyWhoStartsAnewOnTheirOldNodeIsFoundAsWhoTheyAreNow() {
    add(bob, "Bob");
    DeviceKeys keys = DeviceKeys.ofSeed(new byte[32]);
    var claim = DeviceClaim.make(carol.card(), keys, bob.node(1));
    DeviceCertificate certificate =
        DeviceCertificate.issue(
            carol.root, carol.card(), 1, claim, bench.now(), bench.now() + Someone.DAY);
    DeviceList list = carol.listAt(bench.now(), Set.of(), certificate);

    Friend anew = ((Addition.Added) home.add(carol, list, "Bob")).friend();

    assertThat(device(bob, 1).orElseThrow().friend()).isEqualTo(anew.number());
  }

  private Friend add(Someone who, String name) {
    Addition addition = addition(who, name);
    assertThat(addition).isInstanceOf(Addition.Added.class);
    return ((Addition.Added) addition).friend();
  }

  private Addition addition(Someone who, String name) {
    return bench.turn(turn -> people.add(turn, who.claim, list(who, 1), name));
  }

  private DeviceList list(Someone who, int... devices) {
    DeviceCertificate[] certificates = new DeviceCertificate[devices.length];
    for (int i = 0; i < devices.length; i++) {
      long end = bench.now() + 90 * Someone.DAY;
      certificates[i] = who.certificate(devices[i], bench.now(), end);
    }
    return who.listAt(bench.now(), Set.of(), certificates);
  }

  private Optional<Device> device(Someone who, int device) {
    return home.device(who.node(device).id());
  }

  private String rename(Friend friend, String wish) {
    return bench.turn(turn -> people.rename(turn, friend.number(), wish).name());
  }
}
