package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.messenger.work.Trouble.Reason;

/** Spoken codes: each outcome in its words. Both are in a network that finds the inviter. */
class CodeMeetingTest {
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
    for (Home home : town.homes.values()) {
      town.homes.values().stream()
          .filter(h -> h != home)
          .forEach(h -> home.neighbours.add(h.node()));
    }
    town.run(Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    town.close();
  }

  /** The code of the same inviter with another password, its check bits right. */
  private static String wrong(Invited invited, int by) {
    SpokenCode right = SpokenCode.parse(invited.code());
    int password = (right.password() + by) % (1 << SpokenCode.PASSWORD_BITS);
    return new SpokenCode(right.prefix(), password).words();
  }

  @Test
  void twoPeopleMeetByFiveWords() {
    Invited invited = ana.invite("Ben", Duration.ofDays(7));
    assertThat(invited.codeExpires() - invited.expires())
        .isEqualTo(Duration.ofMinutes(10).minus(Duration.ofDays(7)).toMillis());
    long friend = town.await(ben.accept(invited.code(), "Ana"));
    assertThat(Says.friend(ben, ana).number()).isEqualTo(friend);
    assertThat(Says.friend(ana, ben).name()).isEqualTo("Ben");
    assertThat(Says.friend(ben, ana).name()).isEqualTo("Ana");
    assertThat(ana.met()).singleElement().matches(m -> m.invitation() == invited.id());
    Says.friends(town, ana, ben);
  }

  @Test
  void aLossyRepeatingCarrierCostsNoTries() {
    town.lost = 0.3;
    town.twice = 0.3;
    Invited invited = ana.invite();
    town.await(ben.accept(invited.code()), Duration.ofHours(1));
    assertThat(town.sent(Wire.Kind.CODE_NO)).isEmpty();
    Says.friends(town, ana, ben);
  }

  @Test
  void theLinkOfACodeThatWasUsedIsUsedToo() {
    Invited invited = ana.invite();
    town.await(ben.accept(invited.code()));
    Says.trouble(town, cem.accept(invited.link()), Reason.USED);
    Says.trouble(town, cem.accept(invited.code()), Reason.EXPIRED);
    Says.friends(town, ana, ben);
  }

  @Test
  void threeWrongCodesAndItIsGone() {
    Invited invited = ana.invite();
    assertThat(Says.trouble(town, ben.accept(wrong(invited, 1)), Reason.WRONG_CODE)).isEqualTo("2");
    assertThat(Says.trouble(town, cem.accept(wrong(invited, 2)), Reason.WRONG_CODE)).isEqualTo("1");
    assertThat(Says.trouble(town, cem.accept(wrong(invited, 3)), Reason.WRONG_CODE)).isEqualTo("0");
    Says.trouble(town, ben.accept(invited.code()), Reason.TOO_MANY_TRIES);
    assertThat(ana.friends()).isEmpty();
    // The link is as good as before.
    town.await(ben.accept(invited.link()));
    Says.friends(town, ana, ben);
  }

  @Test
  void twoWrongCodesAndTheThirdIsRight() {
    Invited invited = ana.invite();
    Says.trouble(town, ben.accept(wrong(invited, 1)), Reason.WRONG_CODE);
    Says.trouble(town, ben.accept(wrong(invited, 2)), Reason.WRONG_CODE);
    town.await(ben.accept(invited.code()));
    Says.friends(town, ana, ben);
  }

  @Test
  void triesAreCountedAcrossRestartsOfTheInviter() {
    Invited invited = ana.invite();
    for (int i = 1; i <= 3; i++) {
      Says.trouble(town, ben.accept(wrong(invited, i)), Reason.WRONG_CODE);
      ana.close();
      ana.open();
    }
    Says.trouble(town, ben.accept(invited.code()), Reason.TOO_MANY_TRIES);
    assertThat(ana.friends()).isEmpty();
  }

  @Test
  void guessesBeforeAnyAnswerArriveAreCountedAllTheSame() {
    Invited invited = ana.invite();
    town.meddler = parcels -> parcels.stream().filter(p -> !p.from().equals(ana.node())).toList();
    for (int i = 0; i < 4; i++) {
      var _ = (i % 2 == 0 ? ben : cem).accept(wrong(invited, i + 1));
    }
    town.run(Duration.ofMinutes(2));
    town.meddler = parcels -> parcels;
    Says.trouble(town, ben.accept(invited.code()), Reason.TOO_MANY_TRIES);
  }

  @Test
  void aRestartOfTheInviterInTheMiddleCostsOneTry() {
    Invited invited = ana.invite();
    boolean[] done = {false};
    town.meddler =
        parcels -> {
          if (!done[0] && parcels.getFirst().is(Wire.Kind.CODE_CONFIRM)) {
            done[0] = true;
            ana.restart(Duration.ofSeconds(1));
          }
          return parcels;
        };
    town.await(ben.accept(invited.code()), Duration.ofMinutes(2));
    assertThat(done[0]).isTrue();
    assertThat(town.sent(Wire.Kind.CODE_NO)).isNotEmpty();
    Says.friends(town, ana, ben);
  }

  @Test
  void aRestartOfTheGuestInTheMiddleCostsOneTryAndTheWordsCanBeTypedAgain() {
    Invited invited = ana.invite();
    boolean[] done = {false};
    town.meddler =
        parcels -> {
          if (!done[0] && parcels.getFirst().is(Wire.Kind.CODE_ANSWER)) {
            done[0] = true;
            ben.restart(Duration.ofSeconds(1));
          }
          return parcels;
        };
    CompletableFuture<Long> lost = ben.accept(invited.code());
    town.run(Duration.ofMinutes(1));
    assertThat(lost).isNotDone();
    assertThat(done[0]).isTrue();
    town.await(ben.accept(invited.code()));
    Says.friends(town, ana, ben);
  }

  @Test
  void aGuestWhoRestartsAfterTheCodeWasRightGoesOnByItself() {
    Invited invited = ana.invite();
    boolean[] done = {false};
    town.meddler =
        parcels -> {
          if (!done[0] && parcels.getFirst().is(Wire.Kind.HELLO)) {
            done[0] = true;
            ben.restart(Duration.ofSeconds(1));
          }
          return parcels;
        };
    var _ = ben.accept(invited.code());
    town.until(Duration.ofMinutes(5), () -> done[0] && ben.up() && ben.met().size() == 1);
    Says.friends(town, ana, ben);
  }

  @Test
  void anExpiredCodeSaysSoForAnHourAndThenThereIsSilence() {
    Invited invited = ana.invite();
    town.run(Duration.ofMinutes(11));
    Says.trouble(town, ben.accept(invited.code()), Reason.EXPIRED);
    town.run(Duration.ofMinutes(61));
    ana.verdicts.clear();
    Says.trouble(town, ben.accept(invited.code()), Reason.NOT_REACHED);
    assertThat(ana.verdicts).isNotEmpty().containsOnly(Verdict.SILENT);
    assertThat(ana.refusals(Refused.NO_CODE)).isPositive();
    town.await(ben.accept(invited.link()));
  }

  @Test
  void aCancelledInvitationHasNoCodeEither() {
    Invited invited = ana.invite();
    ana.cancel(invited.id());
    Says.trouble(town, ben.accept(invited.code()), Reason.EXPIRED);
  }

  @Test
  void onlyTheNewestCodeIsAliveAndTheOlderLinkStaysSo() {
    Invited older = ana.invite();
    Invited newer = ana.invite();
    Says.trouble(town, ben.accept(older.code()), Reason.WRONG_CODE);
    town.await(ben.accept(newer.code()));
    town.await(cem.accept(older.link()));
    assertThat(ana.friends()).hasSize(2);
  }

  @Test
  void whoseCodeIsOnesOwnIsToldSo() {
    Says.trouble(town, ana.accept(ana.invite().code()), Reason.OWN);
  }

  @Test
  void friendsAreToldSoByNameAfterTheCodeToo() {
    town.await(ben.accept(ana.invite().link(), "Ana"));
    assertThat(Says.trouble(town, ben.accept(ana.invite().code()), Reason.ALREADY_FRIENDS))
        .isEqualTo("Ana");
    town.run(Duration.ofMinutes(1));
    Says.friends(town, ana, ben);
  }

  @Test
  void whoIsNotFoundIsNotReachedAfterAMinute() {
    Invited invited = ana.invite();
    ben.neighbours.clear();
    CompletableFuture<Long> met = ben.accept(invited.code());
    town.run(Duration.ofSeconds(50));
    assertThat(met).isNotDone();
    Says.trouble(town, met, Reason.NOT_REACHED);
  }

  @Test
  void aMistypedWordIsFoundBeforeAnythingIsSent() {
    String[] words = ana.invite().code().split(" ", -1);
    words[1] = words[1] + "x";
    int before = town.sent.size();
    assertThat(Says.trouble(town, ben.accept(String.join(" ", words)), Reason.MALFORMED))
        .contains("word 2");
    assertThat(town.sent).hasSize(before);
  }

  @Test
  void aNodeWithTheSameThirtyBitsThatAnswersFirstGetsOneGuessAndTheInviterIsFoundBehindIt() {
    // No id of a test can be ground to 30 bits: the carrier lets Cem's node answer for the one that
    // lies nearest, and Ana's is the next.
    Invited invited = ana.invite();
    Invited ofCem = cem.invite();
    assertThat(ofCem.code()).isNotEqualTo(invited.code());
    var near = ana.node().flip(200);
    ben.neighbours.add(0, near);
    town.meddler =
        parcels ->
            parcels.stream()
                .map(p ->
                    p.to().equals(near) ? new Town.Parcel(p.from(), cem.node(), p.payload()) : p)
                .map(p -> p.from().equals(cem.node()) ? p.from(near) : p)
                .toList();
    town.await(ben.accept(invited.code()), Duration.ofMinutes(2));
    town.meddler = parcels -> parcels;
    Says.friends(town, ana, ben);
    assertThat(cem.friends()).isEmpty();
  }

  @Test
  void noByteOfACodesMessagesCanBeAltered() {
    for (Wire.Kind kind :
        List.of(
            Wire.Kind.CODE_ASK,
            Wire.Kind.CODE_ANSWER,
            Wire.Kind.CODE_CONFIRM,
            Wire.Kind.CODE_DONE)) {
      Home one = town.home("one" + kind);
      ben.neighbours.add(one.node());
      town.run(Duration.ofSeconds(1));
      Invited invited = one.invite();
      town.meddler =
          parcels ->
              parcels.stream()
                  .map(p -> {
                    if (!p.is(kind)) {
                      return p;
                    }
                    byte[] bad = p.payload().clone();
                    bad[60] ^= 1;
                    return p.with(bad);
                  })
                  .toList();
      CompletableFuture<Long> met = ben.accept(invited.code());
      town.until(Duration.ofMinutes(3), met::isDone);
      assertThat(met).isCompletedExceptionally();
      assertThat(one.friends()).isEmpty();
      town.meddler = parcels -> parcels;
    }
    assertThat(ben.friends()).isEmpty();
  }

  @Test
  void strangersCannotMakeUsComputeWithoutEnd() {
    ana.invite();
    for (int i = 0; i < 500; i++) {
      byte[] body = new byte[Pake.ROUND1_BYTES];
      byte[] id = new byte[Wire.ID_BYTES];
      id[0] = (byte) i;
      id[1] = (byte) (i >>> 8);
      ana.arrive(
          new Town.Parcel(cem.node(), ana.node(), new Wire(Wire.Kind.CODE_ASK, id, body).encode()));
    }
    town.run(Duration.ofSeconds(30));
    assertThat(ana.refusals(Refused.TOO_OFTEN)).isEqualTo(500 - Counts.OF_ONE_SENDER);
    assertThat(town.sent(Wire.Kind.CODE_ANSWER)).isEmpty();
    assertThat(town.sent(Wire.Kind.CODE_NO)).hasSize(Counts.OF_ONE_SENDER);
  }

  @Test
  void oneStrangerWhoAsksAllTheTimeDoesNotKeepTheGuestFromBeingHeard() {
    Invited invited = ana.invite();
    for (int i = 0; i < 500; i++) {
      byte[] id = new byte[Wire.ID_BYTES];
      ana.arrive(
          new Town.Parcel(
              cem.node(), ana.node(), new Wire(Wire.Kind.CODE_CONFIRM, id, new byte[9]).encode()));
    }
    CompletableFuture<Long> met = ben.accept(invited.code());
    town.await(met, Duration.ofSeconds(30));
    assertThat(ana.refusals(Refused.TOO_OFTEN)).isEqualTo(500 - Counts.OF_ONE_SENDER);
    Says.friends(town, ana, ben);
  }
}
