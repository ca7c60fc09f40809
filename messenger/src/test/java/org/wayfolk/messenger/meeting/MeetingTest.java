package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Trouble.Reason;
import org.wayfolk.peer.Network;
import org.wayfolk.wire.Malformed;

/**
 * Links: each outcome in its words. Real stores, people and sessions; time and carrier are ours.
 */
class MeetingTest {
  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path dir;
  Town town;
  Home ana;
  Home ben;
  Home cem;

  @BeforeEach
  void people() {
    town = new Town(dir, 1);
    ana = town.home("ana");
    ben = town.home("ben");
    cem = town.home("cem");
    town.run(Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void twoPeopleMeetByALinkAndCanWrite() {
    Invited invited = ana.invite();
    long friend = town.await(ben.accept(invited.link()));
    assertThat(friend).isEqualTo(Says.friend(ben, ana).number());
    assertThat(Says.friend(ben, ana).name()).isEqualTo("ana");
    assertThat(Says.friend(ana, ben).name()).isEqualTo("ben");
    assertThat(ana.met()).containsExactly(new Met(Says.friend(ana, ben).number(), invited.id()));
    assertThat(ben.met()).containsExactly(new Met(friend, 0));
    assertThat(town.sent(Wire.Kind.HELLO)).hasSize(1);
    assertThat(town.sent(Wire.Kind.DONE)).hasSize(1);
    assertThat(ben.watched).isEmpty();
    Says.friends(town, ana, ben);
  }

  @Test
  void namesAreWhatEachSideChose() {
    Invited invited = ana.invite("Ben from work", Duration.ofDays(1));
    town.await(ben.accept(invited.link(), "Ana K."));
    assertThat(Says.friend(ana, ben).name()).isEqualTo("Ben from work");
    assertThat(Says.friend(ben, ana).name()).isEqualTo("Ana K.");
  }

  @Test
  void whoHasNoNameIsCalledAfterTheirCard() {
    ben.turn(t -> ben.people().callMe(t, ""));
    town.await(ben.accept(ana.invite().link()));
    assertThat(Says.friend(ana, ben).name())
        .isEqualTo("friend-" + Says.friend(ana, ben).card().shortHex());
  }

  @Test
  void aLossyRepeatingCarrierChangesNothing() {
    town.lost = 0.4;
    town.twice = 0.3;
    for (int i = 0; i < 6; i++) {
      Home one = town.home("one" + i);
      Home other = town.home("other" + i);
      town.await(other.accept(one.invite().link()), Duration.ofHours(2));
      town.run(Duration.ofMinutes(1));
      assertThat(one.met()).hasSize(1);
      assertThat(other.met()).hasSize(1);
      Says.friends(town, one, other);
      town.lost = 0.4;
    }
  }

  @Test
  void whoComesSecondReadsUsed() {
    String link = ana.invite().link();
    town.await(ben.accept(link));
    Says.trouble(town, cem.accept(link), Reason.USED);
    assertThat(cem.friends()).isEmpty();
    Says.friends(town, ana, ben);
  }

  @Test
  void ofTwoAtOnceOneBecomesTheFriendAndTheOtherReadsUsed() {
    String link = ana.invite().link();
    CompletableFuture<Long> ofBen = ben.accept(link);
    CompletableFuture<Long> ofCem = cem.accept(link);
    town.until(Duration.ofMinutes(1), () -> ofBen.isDone() && ofCem.isDone());
    boolean benWon = !ofBen.isCompletedExceptionally();
    Says.trouble(town, benWon ? ofCem : ofBen, Reason.USED);
    assertThat((benWon ? cem : ben).friends()).isEmpty();
    Says.friends(town, ana, benWon ? ben : cem);
  }

  @Test
  void whoStealsTheLinkAndIsFirstIsSeenNotVerifiedAndTheTrueGuestReadsUsed() {
    String link = ana.invite("Ben", Duration.ofDays(1)).link();
    town.await(cem.accept(link));
    Says.trouble(town, ben.accept(link), Reason.USED);
    assertThat(ana.friends()).singleElement().matches(f -> !f.verified(), "not verified");
    assertThat(ana.friend(ben)).isEmpty();
  }

  @Test
  void anExpiredLinkSaysSoBeforeAnythingIsSent() {
    String link = ana.invite(null, Duration.ofMinutes(5)).link();
    town.run(Duration.ofMinutes(6));
    int before = town.sent.size();
    Says.trouble(town, ben.accept(link), Reason.EXPIRED);
    assertThat(town.sent).hasSize(before);
  }

  @Test
  void whoseClockIsLateHearsFromTheInviterThatItExpired() {
    String link = ana.invite(null, Duration.ofMinutes(5)).link();
    ben.wallSkew(Duration.ofMinutes(-4));
    town.run(Duration.ofMinutes(6));
    Says.trouble(town, ben.accept(link), Reason.EXPIRED);
    assertThat(town.sent(Wire.Kind.NO)).hasSize(1);
  }

  @Test
  void aCancelledLinkSaysSoForThirtyDays() {
    Invited invited = ana.invite(null, Duration.ofDays(30));
    ana.cancel(invited.id());
    Says.trouble(town, ben.accept(invited.link()), Reason.CANCELLED);
    town.run(Duration.ofDays(29));
    Says.trouble(town, ben.accept(invited.link()), Reason.CANCELLED);
  }

  @Test
  void onlyAnOpenInvitationCanBeTakenBack() {
    assertThatThrownBy(() -> ana.cancel(77)).hasRootCauseInstanceOf(Trouble.class);
    Invited invited = ana.invite();
    town.await(ben.accept(invited.link()));
    assertThatThrownBy(() -> ana.cancel(invited.id())).hasMessageContaining("used");
  }

  @Test
  void oneCannotMeetOneself() {
    Says.trouble(town, ana.accept(ana.invite().link()), Reason.OWN);
  }

  @Test
  void aLinkOfAnotherNetworkNamesIt() {
    ana.network = Network.local("elsewhere");
    String link = ana.invite().link();
    assertThat(Says.trouble(town, ben.accept(link), Reason.OTHER_NETWORK))
        .isEqualTo("local:elsewhere");
  }

  @Test
  void whatIsNeitherLinkNorCodeSaysHow() {
    assertThat(Says.trouble(town, ben.accept("hello"), Reason.MALFORMED)).contains("five words");
    assertThat(Says.trouble(town, ben.accept("wayfolk:i1.AAAA"), Reason.MALFORMED))
        .contains("the link is not");
  }

  @Test
  void friendsAreToldSoByNameAndTheirSessionIsRenewed() {
    town.await(ben.accept(ana.invite().link(), "Ana"));
    int sessions = town.sent(Wire.Kind.CONFIRM).size();
    String name = Says.trouble(town, ben.accept(ana.invite().link()), Reason.ALREADY_FRIENDS);
    assertThat(name).isEqualTo("Ana");
    town.run(Duration.ofMinutes(1));
    assertThat(town.sent(Wire.Kind.CONFIRM)).hasSizeGreaterThan(sessions);
    assertThat(ben.met()).hasSize(1);
    assertThat(ana.met()).hasSize(1);
    Says.friends(town, ana, ben);
  }

  @Test
  void whoWasRemovedOnOneSideOnlyIsMetAgain() {
    town.await(ben.accept(ana.invite().link()));
    ana.forget(ben);
    Says.trouble(town, ben.accept(ana.invite().link()), Reason.ALREADY_FRIENDS);
    town.until(Duration.ofMinutes(1), () -> ana.met().size() == 2);
    town.run(Duration.ofMinutes(1));
    Says.friends(town, ana, ben);
  }

  @Test
  void aBlockedFriendsLinkSaysSoAndABlockedGuestGetsSilence() {
    town.await(ben.accept(ana.invite().link()));
    ben.turn(t -> ben.people().block(t, ben.people().friends(t).getFirst().number()));
    Says.trouble(town, ben.accept(ana.invite().link()), Reason.BLOCKED);
    String link = ben.invite().link();
    CompletableFuture<Long> future = ana.accept(link);
    Says.trouble(town, future, Reason.ALREADY_FRIENDS);
    town.run(Duration.ofMinutes(1));
    assertThat(ben.refusals(Refused.BLOCKED)).isPositive();
    assertThat(town.sent(Wire.Kind.ANSWER).stream().filter(p -> p.from().equals(ben.node())))
        .isEmpty();
  }

  @Test
  void aBlockedFriendHearsNothingOfTheInvitationThatMadeThemOne() {
    String link = ben.invite().link();
    town.await(ana.accept(link));
    ben.turn(t -> ben.people().block(t, ben.people().friends(t).getFirst().number()));
    long before = answers();
    Says.trouble(town, ana.accept(link), Reason.ALREADY_FRIENDS);
    town.run(Duration.ofMinutes(1));
    assertThat(answers()).isEqualTo(before);
  }

  private long answers() {
    return java.util.stream.Stream.of(Wire.Kind.ANSWER, Wire.Kind.NO, Wire.Kind.DONE)
        .flatMap(kind -> town.sent(kind).stream())
        .filter(p -> p.from().equals(ben.node()))
        .count();
  }

  @Test
  void bothMayInviteEachOtherAtTheSameTime() {
    for (int i = 0; i < 5; i++) {
      Home one = town.home("one" + i);
      Home other = town.home("other" + i);
      String ofOne = one.invite().link();
      String ofOther = other.invite().link();
      CompletableFuture<Long> there = one.accept(ofOther);
      town.run(Duration.ofMillis(70L * i));
      CompletableFuture<Long> back = other.accept(ofOne);
      town.until(Duration.ofMinutes(5), () -> there.isDone() && back.isDone());
      town.run(Duration.ofMinutes(1));
      assertThat(one.met()).hasSize(1);
      assertThat(other.met()).hasSize(1);
      Says.friends(town, one, other);
    }
  }

  @Test
  void aLinkIsTriedAtTheFirstSignOfTheInviter() {
    String link = ana.invite().link();
    ana.kill();
    CompletableFuture<Long> future = ben.accept(link);
    town.run(Duration.ofHours(5));
    assertThat(future).isNotDone();
    assertThat(ben.watched).containsExactly(ana.node());
    ana.close();
    ana.open();
    town.await(future, Duration.ofSeconds(2));
    Says.friends(town, ana, ben);
  }

  @Test
  void aLinkThatSaysItLivesForAThousandYearsIsTriedAsLongAsAnHonestOne() throws Malformed {
    Invitation of = Invitation.parse(ana.invite().link());
    Invitation endless =
        new Invitation(
            of.secret(),
            of.card(),
            new Invitation.Peers(of.node(), List.of(), List.of()),
            of.network(),
            of.expires() + Duration.ofDays(365_000).toMillis());
    ana.kill();
    CompletableFuture<Long> future = ben.accept(endless.text());
    town.run(Duration.ofDays(29));
    ben.restart(Duration.ofHours(1));
    assertThat(ben.watched).isNotEmpty();
    town.run(Duration.ofDays(1));
    int last = town.sent.size();
    town.run(Duration.ofHours(3));
    assertThat(town.sent).hasSize(last);
    assertThat(ben.watched).isEmpty();
    assertThat(future).isNotDone(); // whoever waited went with the restart
  }

  @Test
  void withoutASignItIsTriedAfterTwoFourEightSecondsUpToTenMinutes() {
    String link = ana.invite(null, Duration.ofHours(3)).link();
    ana.kill();
    CompletableFuture<Long> future = ben.accept(link);
    List<Integer> tries = new ArrayList<>();
    for (int seconds : new int[] {1, 6, 12, 60, 600, 1_800}) {
      town.run(Duration.ofSeconds(seconds));
      tries.add(town.sent(Wire.Kind.HELLO).size());
    }
    assertThat(tries.get(0)).isEqualTo(1);
    assertThat(tries.get(1)).isBetween(2, 3);
    assertThat(tries.get(2)).isBetween(3, 4);
    assertThat(tries.get(4)).isLessThan(11);
    assertThat(tries.get(5) - tries.get(4)).isBetween(2, 4);
    town.run(Duration.ofHours(3));
    Says.trouble(town, future, Reason.EXPIRED);
    int last = town.sent.size();
    town.run(Duration.ofHours(3));
    assertThat(town.sent).hasSize(last);
    assertThat(ben.watched).isEmpty();
  }

  @Test
  void aLinkGoesOnAfterARestartOfTheGuestThoughNobodyWaits() {
    String link = ana.invite().link();
    ana.kill();
    CompletableFuture<Long> future = ben.accept(link);
    town.run(Duration.ofSeconds(30));
    ben.restart(Duration.ofSeconds(1));
    town.run(Duration.ofMinutes(1));
    assertThat(future).isNotDone();
    ana.close();
    ana.open();
    town.until(Duration.ofMinutes(1), () -> ben.met().size() == 1 && ana.met().size() == 1);
    Says.friends(town, ana, ben);
  }

  @Test
  void theSameLinkTwiceIsOneAttempt() {
    String link = ana.invite().link();
    CompletableFuture<Long> one = ben.accept(link);
    CompletableFuture<Long> again = ben.accept(link, "Ana");
    assertThat(town.await(one)).isEqualTo(town.await(again));
    assertThat(Says.friend(ben, ana).name()).isEqualTo("Ana");
    Says.friends(town, ana, ben);
  }

  @Test
  void openInvitationsHaveALimitThatIsSaid() {
    for (int i = 0; i < Inviting.MAX_OPEN; i++) {
      ana.invite(null, Duration.ofHours(1));
    }
    assertThatThrownBy(() -> ana.invite(null, Duration.ofHours(1)))
        .hasMessageContaining("32 invitations are open");
    town.run(Duration.ofHours(2));
    assertThat(ana.invite().id()).isPositive();
  }

  @Test
  void invitationsBeingAcceptedHaveALimitThatIsSaid() {
    List<String> links = new ArrayList<>();
    for (int i = 0; i <= Accepting.MAX_ATTEMPTS; i++) {
      if (i % Inviting.MAX_OPEN == 0) {
        ana.close();
        ana = town.home("ana" + i);
      }
      links.add(ana.invite().link());
    }
    town.homes.values().stream().filter(h -> h.name.startsWith("ana")).forEach(Home::kill);
    for (String link : links.subList(0, Accepting.MAX_ATTEMPTS)) {
      assertThat(ben.accept(link)).isNotDone();
    }
    town.run(Duration.ofSeconds(1));
    Says.trouble(town, ben.accept(links.getLast()), Reason.TOO_MANY);
  }

  @Test
  void aStrangerGetsSilence() {
    ana.invite();
    byte[] garbage = new byte[300];
    ana.verdicts.clear();
    ana.arrive(new Town.Parcel(cem.node(), ana.node(), garbage.clone()));
    garbage[0] = Wire.TYPE;
    ana.arrive(new Town.Parcel(cem.node(), ana.node(), garbage.clone()));
    for (Wire.Kind kind : Wire.Kind.values()) {
      byte[] payload = new Wire(kind, new byte[Wire.ID_BYTES], new byte[100]).encode();
      ana.arrive(new Town.Parcel(cem.node(), ana.node(), payload));
    }
    int before = town.sent.size();
    town.run(Duration.ofMinutes(1));
    assertThat(ana.verdicts).isNotEmpty().containsOnly(Verdict.SILENT);
    assertThat(town.sent).hasSize(before);
    assertThat(ana.meetings().refusals()).containsKey("meeting_unknown");
    assertThat(ana.refusals(Refused.UNKNOWN)).isPositive();
  }

  @Test
  void handshakeMessagesHaveALimitAMinute() {
    String link = ana.invite().link();
    CompletableFuture<Long> met = ben.accept(link);
    town.await(met);
    Town.Parcel hello = town.sent(Wire.Kind.HELLO).getFirst();
    int before = town.sent.size();
    for (int i = 0; i < 3 * Counts.A_MINUTE; i++) {
      ana.arrive(hello);
    }
    town.run(Duration.ofSeconds(5));
    assertThat(town.sent.size() - before).isLessThanOrEqualTo(2 * Counts.A_MINUTE);
    assertThat(ana.refusals(Refused.TOO_OFTEN)).isPositive();
  }

  @Test
  void aReplayedFirstMessageMakesNoSecondFriendAndNoSecondSession() {
    String link = ana.invite().link();
    town.await(ben.accept(link));
    Says.hear(town, ana, ben);
    List<Town.Parcel> all = new ArrayList<>(town.sent(Wire.Kind.HELLO));
    all.addAll(town.sent(Wire.Kind.CONFIRM));
    all.addAll(town.sent(Wire.Kind.ANSWER));
    all.addAll(town.sent(Wire.Kind.DONE));
    ana.verdicts.clear();
    for (Town.Parcel p : all) {
      Objects.requireNonNull(town.homes.get(p.to())).arrive(p);
    }
    town.run(Duration.ofMinutes(1));
    assertThat(town.sent(Wire.Kind.DONE).stream().map(p -> p.wire().body()).distinct())
        .hasSameSizeAs(town.sent(Wire.Kind.DONE));
    assertThat(ana.met()).hasSize(1);
    assertThat(ben.met()).hasSize(1);
    Says.friends(town, ana, ben);
    // The same bytes from another node: sealed for the pair.
    ana.verdicts.clear();
    ana.arrive(town.sent(Wire.Kind.HELLO).getFirst().from(cem.node()));
    town.run(Duration.ofSeconds(5));
    assertThat(ana.verdicts).containsExactly(Verdict.SILENT);
  }

  @Test
  void aCertificateThatWasRenewedWhileWaitingIsTheOneThatIsShown() {
    String link = ana.invite(null, Duration.ofDays(30)).link();
    ana.kill();
    CompletableFuture<Long> future = ben.accept(link, null);
    town.run(Duration.ofSeconds(10));
    ben.turn(t -> ben.people().callMe(t, "Benjamin"));
    town.run(Duration.ofMinutes(10));
    ana.close();
    ana.open();
    town.await(future);
    assertThat(Says.friend(ana, ben).name()).isEqualTo("Benjamin");
  }

  /** The answers that Ana has sent to Ben. */
  private List<Hello> answers(String link) {
    List<Hello> all = new ArrayList<>();
    try {
      Secrets secrets = new Secrets(Invitation.parse(link).secret(), ana.network.id());
      Secrets.Pair pair = new Secrets.Pair(ben.node(), ana.node());
      for (Town.Parcel p : town.sent(Wire.Kind.ANSWER)) {
        if (p.to().equals(ben.node())) {
          all.add(Hello.inviter(secrets.open(p.wire(), pair)));
        }
      }
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  @Test
  void aFriendshipWhoseLastWordIsLostUntilTheLinkHasExpiredIsStillMade() {
    String link = ana.invite(null, Duration.ofMinutes(30)).link();
    town.meddler = parcels -> parcels.stream().filter(p -> !p.is(Wire.Kind.DONE)).toList();
    CompletableFuture<Long> met = ben.accept(link);
    town.run(Duration.ofDays(3));
    assertThat(ana.met()).hasSize(1);
    assertThat(met).isNotDone();
    assertThat(ben.friends()).isEmpty();
    town.meddler = parcels -> parcels;
    town.await(met, Duration.ofMinutes(15));
    Says.friends(town, ana, ben);
  }

  @Test
  void aLateRepeatOfTheHelloOfTheGuestWhoBecameTheFriendIsNotTakenForAnother() {
    String link = ana.invite().link();
    town.meddler = parcels -> parcels.stream().filter(p -> !p.is(Wire.Kind.DONE)).toList();
    CompletableFuture<Long> met = ben.accept(link);
    town.run(Duration.ofSeconds(1));
    assertThat(ana.met()).hasSize(1);
    ana.arrive(town.sent(Wire.Kind.HELLO).getFirst());
    town.run(Duration.ofSeconds(20));
    assertThat(met).isNotDone();
    assertThat(town.sent(Wire.Kind.NO)).isEmpty();
    town.meddler = parcels -> parcels;
    town.await(met);
    Says.friends(town, ana, ben);
  }

  @Test
  void aGuestWhomTheInviterHasForgottenBeginsAgain() {
    String link = ana.invite().link();
    town.meddler = parcels -> parcels.stream().filter(p -> !p.is(Wire.Kind.CONFIRM)).toList();
    CompletableFuture<Long> met = ben.accept(link);
    town.run(Duration.ofSeconds(1));
    assertThat(town.sent(Wire.Kind.CONFIRM)).isNotEmpty();
    for (int i = 0; i <= InvitationTable.MAX_GUESTS; i++) {
      Home other = town.home("other" + i);
      var _ = other.accept(link);
      town.run(Duration.ofSeconds(1));
      other.kill();
    }
    town.meddler = parcels -> parcels;
    town.await(met, Duration.ofMinutes(5));
    assertThat(town.sent(Wire.Kind.NO)).isNotEmpty();
    Says.friends(town, ana, ben);
  }

  @Test
  void whatIsOpenOutlivesTheFirstPassphrase() {
    Invited invited = ana.invite("Ben", Duration.ofDays(1));
    Invited other = ana.invite();
    town.lost = 1;
    CompletableFuture<Long> met = ben.accept(invited.link());
    town.run(Duration.ofSeconds(1));
    ana.arrive(town.sent(Wire.Kind.HELLO).getFirst());
    town.run(Duration.ofSeconds(1));
    assertThat(town.sent(Wire.Kind.ANSWER)).hasSize(1);
    ana.passphrase("correct horse");
    ben.passphrase("battery staple");
    town.lost = 0;
    town.await(met);
    // What was answered before is found under the new key: one answer, sent again.
    assertThat(town.sent(Wire.Kind.ANSWER)).hasSizeGreaterThan(1);
    assertThat(answers(invited.link()).stream().map(a -> HEX.formatHex(a.inviterNonce())))
        .hasSizeGreaterThan(1)
        .containsOnly(HEX.formatHex(answers(invited.link()).getFirst().inviterNonce()));
    assertThat(Says.friend(ana, ben).name()).isEqualTo("Ben");
    town.await(cem.accept(other.link()));
    Says.trouble(town, cem.accept(invited.link()), Reason.ALREADY_FRIENDS);
    assertThat(ana.friends()).hasSize(2);
  }

  @Test
  void aLockedInviterWhoseReceiptsAreSignsOfLifeIsNotAskedEachSecond() {
    String link = ana.invite().link();
    ana.kill();
    var _ = ben.accept(link);
    for (int second = 0; second < 600; second++) {
      town.run(Duration.ofSeconds(1));
      ben.sees(ana.node());
    }
    assertThat(town.sent(Wire.Kind.HELLO)).hasSizeBetween(50, 70);
  }
}
