package org.wayfolk.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Copies;

class DeliveryTest {
  private final SmallWorld world = new SmallWorld();
  private final SmallWorld.End a = world.end(1);
  private final SmallWorld.End b = world.end(2);

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }

  private static List<String> texts(SmallWorld.End end) {
    return end.received.stream().map(m -> new String(m.payload(), UTF_8)).toList();
  }

  private static Outcome.Undelivered undelivered(CompletableFuture<Outcome> f) {
    return (Outcome.Undelivered) f.getNow(new Outcome.Sent());
  }

  private static Outcome.Delivered delivered(CompletableFuture<Outcome> f) {
    return (Outcome.Delivered) f.getNow(new Outcome.Sent());
  }

  @Test
  void learnsTheKeyThenDeliversSealedAndSaysHowLongItTook() {
    CompletableFuture<Outcome> result = a.send(b.id, text("hello"));
    world.seconds(1);
    assertThat(texts(b)).containsExactly("hello");
    Message m = b.received.getFirst();
    assertThat(m.from()).isEqualTo(a.id);
    assertThat(m.protection()).isEqualTo(Protection.SEALED);
    assertThat(m.hops()).isEqualTo(1);
    Outcome.Delivered d = delivered(result);
    assertThat(d.tries()).isEqualTo(1);
    assertThat(d.hops()).isEqualTo(1);
    // There and back, the handler, and the jobs at both ends; the key ask before it does not count.
    assertThat(d.roundTrip()).isBetween(Duration.ofMillis(25), Duration.ofMillis(40));
    assertThat(a.delivery.waiting()).isZero();
  }

  @Test
  void nothingReadableCrossesTheWay() {
    a.tell(b.id, text("a secret that shows"));
    world.seconds(1);
    assertThat(b.received).hasSize(1);
    assertThat(world.crossed)
        .allSatisfy(f -> assertThat(new String(f, UTF_8)).doesNotContain("secret"));
  }

  @Test
  void theSecondCopyOfATryIsDroppedAtTheGate() {
    a.tell(b.id, text("once"));
    world.seconds(1);
    assertThat(a.plans).contains(Copies.TWO);
    assertThat(texts(b)).containsExactly("once");
    // Two copies each of a key ask and a message.
    assertThat(b.counted(Tally.ENVELOPE_REPLAYED)).isEqualTo(2);
  }

  @Test
  void aDirectLinkCarriesOneCopyAndAMissOnItTwo() {
    a.direct = true;
    a.tell(b.id, text("x"));
    world.seconds(1);
    assertThat(a.plans).containsOnly(Copies.ONE_DIRECT);
    a.plans.clear();
    world.way = (from, to, frame, copy) -> List.of();
    a.tell(b.id, text("y"));
    world.seconds(10);
    assertThat(a.plans).containsExactly(Copies.ONE_DIRECT, Copies.TWO, Copies.THIRD, Copies.THIRD);
  }

  @Test
  void aMessageToOneselfNeverLeaves() {
    CompletableFuture<Outcome> result = a.send(a.id, text("note"));
    world.seconds(1);
    assertThat(texts(a)).containsExactly("note");
    assertThat(delivered(result).hops()).isZero();
    assertThat(world.crossed).isEmpty();
  }

  @Test
  void aMessageToOneselfSaysWhatTheHandlerSaid() {
    a.handler = m -> Handled.Verdict.LOCKED;
    CompletableFuture<Outcome> result = a.send(a.id, text("note"));
    world.seconds(1);
    assertThat(undelivered(result).why()).isEqualTo(Reason.LOCKED);
  }

  @Test
  void refusesAtOnceWhatCannotBeSent() {
    assertThat(undelivered(a.send(b.id, new byte[Send.MAX_PAYLOAD + 1])))
        .isEqualTo(new Outcome.Undelivered(Reason.TOO_LARGE, 0));
    a.down();
    CompletableFuture<Outcome> noRoute = a.send(b.id, text("x"));
    world.seconds(0.1);
    assertThat(undelivered(noRoute)).isEqualTo(new Outcome.Undelivered(Reason.NO_ROUTE, 0));
    a.give(a.delivery, new Shut());
    assertThat(undelivered(a.send(b.id, text("x"))).why()).isEqualTo(Reason.CLOSED);
  }

  @Test
  void theLargestPayloadArrives() {
    CompletableFuture<Outcome> result = a.send(b.id, new byte[Send.MAX_PAYLOAD]);
    CompletableFuture<Outcome> empty = a.send(b.id, new byte[0]);
    world.seconds(1);
    assertThat(delivered(result).tries()).isEqualTo(1);
    assertThat(delivered(empty).tries()).isEqualTo(1);
    assertThat(b.received.getFirst().payload()).hasSize(Send.MAX_PAYLOAD);
  }

  @Test
  void waitsForAFirstLinkIfAskedTo() {
    a.down();
    CompletableFuture<Outcome> result = a.send(b.id, text("x"), SendOptions.DEFAULT.waiting());
    world.seconds(3.3);
    assertThat(result).isNotDone();
    a.up();
    world.seconds(0.5);
    assertThat(delivered(result).tries()).isEqualTo(1);
  }

  @Test
  void aWaitForALinkEndsAtTheDeadline() {
    a.down();
    SendOptions options = SendOptions.DEFAULT.waiting().within(Duration.ofSeconds(2));
    CompletableFuture<Outcome> result = a.send(b.id, text("x"), options);
    world.seconds(2);
    assertThat(undelivered(result)).isEqualTo(new Outcome.Undelivered(Reason.NO_ROUTE, 0));
  }

  @Test
  void repeatsWhatWasLostAndRunsItOnce() {
    a.learn(b.id);
    world.seconds(1);
    int[] left = {3};
    world.way = (from, to, frame, copy) -> from == a && left[0]-- > 0 ? List.of() : List.of(frame);
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(10);
    assertThat(delivered(result).tries()).isEqualTo(2);
    assertThat(texts(b)).containsExactly("x");
  }

  @Test
  void aLostReceiptIsRepeatedForTheNextSealingAndTheHandlerRunsOnce() {
    a.learn(b.id);
    world.seconds(1);
    int[] left = {5}; // two copies of the first receipt, three of the second
    world.way = (from, to, frame, copy) -> from == b && left[0]-- > 0 ? List.of() : List.of(frame);
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(10);
    assertThat(delivered(result).tries()).isEqualTo(3);
    assertThat(texts(b)).containsExactly("x");
    assertThat(b.counted(Tally.MESSAGE_DUPLICATE)).isEqualTo(2);
    assertThat(b.counted(Tally.DELIVERED)).isEqualTo(1);
  }

  @Test
  void triesFourTimesWithinTenSecondsAndSaysNoAnswer() {
    a.learn(b.id);
    world.seconds(1);
    world.way = (from, to, frame, copy) -> List.of();
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(9.9);
    assertThat(result).isNotDone();
    world.seconds(0.1);
    assertThat(undelivered(result)).isEqualTo(new Outcome.Undelivered(Reason.NO_ANSWER, 4));
    assertThat(a.counted(Tally.MESSAGE_TRIES)).isEqualTo(4);
  }

  @Test
  void aLongSendRepeatsAtMostThreeTimesAMinuteAfterItsFirstAttempt() {
    a.learn(b.id);
    world.seconds(1);
    world.way = (from, to, frame, copy) -> List.of();
    a.tell(b.id, text("x"), SendOptions.DEFAULT.within(Duration.ofMinutes(10)));
    world.seconds(70);
    long before = a.counted(Tally.MESSAGE_TRIES);
    world.seconds(300);
    assertThat(a.counted(Tally.MESSAGE_TRIES) - before).isEqualTo(15);
  }

  @Test
  void nobodyThereIsNoAnswer() {
    CompletableFuture<Outcome> result = a.send(Records.identity(99).id(), text("x"));
    world.seconds(10);
    assertThat(undelivered(result)).isEqualTo(new Outcome.Undelivered(Reason.NO_ANSWER, 0));
  }

  @Test
  void triesAgainWhileThereIsNoHandlerAndStopsWhenItIsThere() {
    b.handler =
        m -> world.now() < 1_500_000_000L ? Handled.Verdict.NO_HANDLER : Handled.Verdict.ACCEPTED;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(10);
    assertThat(delivered(result).tries()).isGreaterThan(1);
    assertThat(b.counted(Tally.DELIVERED)).isEqualTo(1);
  }

  @Test
  void aHandlerThatFailsEachTimeIsARefusalAfterFourTries() {
    b.handler = m -> Handled.Verdict.FAILED;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(9.5);
    assertThat(undelivered(result)).isEqualTo(new Outcome.Undelivered(Reason.REFUSED, 4));
    assertThat(b.received).hasSize(4);
  }

  @Test
  void lockedAndRefusedEndTheSendAtOnce() {
    b.handler = m -> Handled.Verdict.LOCKED;
    CompletableFuture<Outcome> locked = a.send(b.id, text("x"));
    world.seconds(0.5);
    assertThat(undelivered(locked)).isEqualTo(new Outcome.Undelivered(Reason.LOCKED, 1));
    b.handler = m -> Handled.Verdict.REFUSED;
    CompletableFuture<Outcome> refused = a.send(b.id, text("x"));
    world.seconds(0.5);
    assertThat(undelivered(refused)).isEqualTo(new Outcome.Undelivered(Reason.REFUSED, 1));
  }

  @Test
  void aSlowHandlerIsAnsweredForEverySealingThatCameMeanwhile() {
    a.learn(b.id);
    world.seconds(1);
    b.handlerTakes = 2_000_000_000L;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(3);
    assertThat(delivered(result).tries()).isEqualTo(2);
    assertThat(b.received).hasSize(1);
    assertThat(b.counted(Tally.RECEIPTS_SENT)).isEqualTo(2);
  }

  @Test
  void theHandlerGetsSoManyMessagesOfASenderAtATimeAndInOrder() {
    a.learn(b.id);
    world.seconds(1);
    b.handler = m -> null;
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < Correspondent.MAX_OUT + 5; i++) {
      sent.add("m" + i);
      a.tell(b.id, text("m" + i));
    }
    world.seconds(0.2);
    assertThat(texts(b)).isEqualTo(sent.subList(0, Correspondent.MAX_OUT));
    long token = b.running.get(7);
    b.give(b.delivery, new Handled(token, Handled.Verdict.ACCEPTED));
    assertThat(texts(b)).isEqualTo(sent.subList(0, Correspondent.MAX_OUT + 1));
    b.give(b.delivery, new Handled(token, Handled.Verdict.ACCEPTED)); // no longer out
    assertThat(b.received).hasSize(Correspondent.MAX_OUT + 1);
  }

  @Test
  void verdictsInAnyOrderGoToTheirOwnMessages() {
    a.learn(b.id);
    world.seconds(1);
    b.handler = m -> null;
    List<CompletableFuture<Outcome>> results = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      results.add(a.send(b.id, text("m" + i), SendOptions.DEFAULT));
    }
    world.seconds(0.2);
    // The latest first, and of each batch the odd ones are not wanted.
    for (int from = 0; from < b.received.size(); ) {
      int to = b.received.size();
      for (int i = to - 1; i >= from; i--) {
        boolean odd = i % 2 != 0;
        Handled.Verdict v = odd ? Handled.Verdict.REFUSED : Handled.Verdict.ACCEPTED;
        b.give(b.delivery, new Handled(b.running.get(i), v));
      }
      from = to;
    }
    world.seconds(1);
    for (int i = 0; i < 60; i++) {
      if (i % 2 == 0) {
        assertThat(delivered(results.get(i)).tries()).isEqualTo(1);
      } else {
        assertThat(undelivered(results.get(i)).why()).isEqualTo(Reason.REFUSED);
      }
    }
    assertThat(b.received).hasSize(60);
  }

  @Test
  void theBytesThatAreOutCountAgainstTheLimitOfASender() {
    a.learn(b.id);
    world.seconds(1);
    b.handler = m -> null;
    int most = Correspondent.MAX_QUEUED_BYTES / Send.MAX_PAYLOAD;
    for (int i = 0; i < most + 1; i++) {
      a.tell(b.id, new byte[Send.MAX_PAYLOAD]);
      world.seconds(0.02); // not too many at once for the workers
    }
    assertThat(b.received).hasSize(Correspondent.MAX_OUT);
    assertThat(b.counted(Tally.MESSAGE_QUEUE_FULL)).isEqualTo(1);
    b.give(b.delivery, new Handled(b.running.getFirst(), Handled.Verdict.ACCEPTED));
    a.tell(b.id, new byte[Send.MAX_PAYLOAD]);
    world.seconds(0.1);
    assertThat(b.counted(Tally.MESSAGE_QUEUE_FULL)).isEqualTo(1);
  }

  @Test
  void aMessageNamesTheApplicationItIsFor() {
    a.tell(b.id, text("raw"));
    a.tell(b.id, text("for the messenger"), forMessenger());
    a.tell(a.id, text("note"), forMessenger());
    world.seconds(1);
    assertThat(b.received).extracting(Message::application).containsExactlyInAnyOrder(0, 1);
    assertThat(texts(b)).containsExactlyInAnyOrder("raw", "for the messenger");
    assertThat(a.received).extracting(Message::application).containsExactly(1);
  }

  private static SendOptions forMessenger() {
    return SendOptions.DEFAULT.application(Applications.MESSENGER);
  }

  @Test
  void anApplicationsLargestPayloadArrives() {
    CompletableFuture<Outcome> result =
        a.send(b.id, new byte[Send.MAX_PAYLOAD], SendOptions.DEFAULT.application(255));
    world.seconds(1);
    assertThat(delivered(result).tries()).isEqualTo(1);
    assertThat(b.received.getFirst().application()).isEqualTo(255);
    assertThat(b.received.getFirst().payload()).hasSize(Send.MAX_PAYLOAD);
  }

  @Test
  void optionsKeepTheApplicationAndRefuseWhatIsNoByte() {
    SendOptions o = forMessenger().waiting().inOrder().within(Duration.ofSeconds(3));
    assertThat(o).isEqualTo(new SendOptions(Duration.ofSeconds(3), true, true, 1));
    assertThatThrownBy(() -> SendOptions.DEFAULT.application(256))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SendOptions.DEFAULT.application(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void silenceIsNeverBrokenAndItsRepeatsAreNotOpened() {
    a.learn(b.id);
    world.seconds(1);
    b.plans.clear();
    b.handler = m -> Handled.Verdict.SILENT;
    CompletableFuture<Outcome> result = a.send(b.id, text("who is there?"));
    world.seconds(11);
    assertThat(undelivered(result)).isEqualTo(new Outcome.Undelivered(Reason.NO_ANSWER, 4));
    assertThat(b.plans).as("nothing left b").isEmpty();
    assertThat(b.received).hasSize(1);
    assertThat(b.counted(Tally.RECEIPTS_SENT)).isZero();
    assertThat(b.counted(Tally.MESSAGE_SILENCED)).isEqualTo(3);
    assertThat(b.counted(Tally.MESSAGE_DUPLICATE)).isZero();
    // Another message of the same sender is heard.
    b.handler = m -> Handled.Verdict.ACCEPTED;
    CompletableFuture<Outcome> known = a.send(b.id, text("me"));
    world.seconds(1);
    assertThat(delivered(known).tries()).isEqualTo(1);
  }

  @Test
  void silenceHoldsForRepeatsThatCameBeforeTheVerdictToo() {
    a.learn(b.id);
    world.seconds(1);
    b.plans.clear();
    b.handlerTakes = 2_000_000_000L;
    b.handler = m -> Handled.Verdict.SILENT;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(11);
    assertThat(undelivered(result).why()).isEqualTo(Reason.NO_ANSWER);
    assertThat(b.plans).isEmpty();
    assertThat(b.received).hasSize(1);
  }

  @Test
  void silenceToOneselfIsNoAnswer() {
    a.handler = m -> Handled.Verdict.SILENT;
    CompletableFuture<Outcome> result = a.send(a.id, text("note"));
    world.seconds(1);
    assertThat(undelivered(result).why()).isEqualTo(Reason.NO_ANSWER);
  }

  @Test
  void anotherSenderDoesNotWaitBehindASlowOne() {
    SmallWorld.End c = world.end(3);
    b.handler = m -> m.from().equals(a.id) ? null : Handled.Verdict.ACCEPTED;
    a.tell(b.id, text("stuck"));
    world.seconds(0.5);
    CompletableFuture<Outcome> result = c.send(b.id, text("free"));
    world.seconds(0.5);
    assertThat(delivered(result).tries()).isEqualTo(1);
  }

  @Test
  void aFullQueueIsBackpressureAtTheSender() {
    a.learn(b.id);
    world.seconds(1);
    b.handler = m -> null;
    List<CompletableFuture<Outcome>> results = new ArrayList<>();
    SendOptions options = SendOptions.DEFAULT.within(Duration.ofSeconds(5));
    for (int i = 0; i <= Correspondent.MAX_QUEUED; i++) {
      results.add(a.send(b.id, text("m" + i), options));
    }
    world.seconds(5);
    assertThat(b.counted(Tally.MESSAGE_QUEUE_FULL)).isPositive();
    assertThat(results.stream().filter(r -> undelivered(r).why() == Reason.BACKPRESSURE))
        .hasSize(1);
    assertThat(results.stream().filter(r -> undelivered(r).why() == Reason.NO_ANSWER))
        .hasSize(Correspondent.MAX_QUEUED);
  }

  @Test
  void tooManySendsToOnePeerAreRefusedAndOthersAreNot() {
    world.way = (from, to, frame, copy) -> List.of();
    for (int i = 0; i < Sender.MAX_TO_ONE; i++) {
      a.tell(b.id, text("x"));
    }
    assertThat(undelivered(a.send(b.id, text("x"))).why()).isEqualTo(Reason.BACKPRESSURE);
    assertThat(a.counted(Tally.SEND_BACKPRESSURE)).isEqualTo(1);
    assertThat(a.send(world.end(3).id, text("x"))).isNotDone();
    world.seconds(10);
    assertThat(a.delivery.waiting()).isZero();
    assertThat(a.send(b.id, text("x"))).isNotDone();
  }

  @Test
  void closingEndsEverySendOnce() {
    world.way = (from, to, frame, copy) -> List.of();
    List<CompletableFuture<Outcome>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(a.send(b.id, text("x"), SendOptions.DEFAULT.inOrder()));
    }
    world.seconds(2);
    a.give(a.delivery, new Shut());
    assertThat(results).allSatisfy(r -> assertThat(undelivered(r).why()).isEqualTo(Reason.CLOSED));
    world.seconds(20);
    assertThat(a.delivery.waiting()).isZero();
  }

  @Test
  void orderedMessagesArriveInOrderThoughSomeAreLost() {
    SplittableRandom dice = new SplittableRandom(3);
    world.way = (from, to, frame, copy) -> dice.nextInt(5) < 2 ? List.of() : List.of(frame);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sent.add("m" + i);
      SendOptions options = SendOptions.DEFAULT.inOrder().within(Duration.ofMinutes(5));
      a.tell(b.id, text("m" + i), options);
    }
    world.seconds(300);
    assertThat(texts(b)).containsExactlyElementsOf(sent);
  }

  @Test
  void everyMessageArrivesOnceUnderLossDuplicationAndReordering() {
    SplittableRandom dice = new SplittableRandom(5);
    world.way =
        (from, to, frame, copy) -> {
          int d = dice.nextInt(100);
          if (d < 30) {
            return List.of();
          }
          if (d < 50) {
            world.later(dice.nextLong(3_000_000_000L), () -> to.arrive(frame));
            return d < 40 ? List.of() : List.of(frame, frame);
          }
          return List.of(frame);
        };
    List<CompletableFuture<Outcome>> results = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String m = "m" + i;
      world.later(i * 50_000_000L, () -> results.add(a.send(b.id, text(m))));
    }
    world.seconds(30);
    assertThat(results).hasSize(100);
    assertThat(results)
        .allSatisfy(
            r -> assertThat(r.getNow(new Outcome.Sent())).isInstanceOf(Outcome.Delivered.class));
    assertThat(texts(b)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aReceiverThatLostItsKeysSaysSoAndTheMessageIsSealedAgain() {
    a.tell(b.id, text("one"));
    world.seconds(1);
    b.forgetKeys();
    CompletableFuture<Outcome> result = a.send(b.id, text("two"));
    world.seconds(0.2);
    assertThat(delivered(result).tries()).isEqualTo(2);
    assertThat(texts(b)).containsExactly("one", "two");
    assertThat(b.counted(Tally.MESSAGE_UNKNOWN_KEY)).isEqualTo(1);
  }

  @Test
  void aFloodUnderUnknownKeysGetsOneRekeyASecond() {
    a.learn(b.id);
    world.seconds(1);
    b.forgetKeys();
    world.way = (from, to, frame, copy) -> from == b ? List.of() : List.of(frame);
    long before = b.plans.size();
    for (int i = 0; i < 200; i++) {
      a.tell(b.id, text("x"));
    }
    world.seconds(0.1);
    assertThat(b.plans.size() - before).isEqualTo(1);
    assertThat(b.counted(Tally.REKEY_OVER_BUDGET)).isEqualTo(199);
  }

  @Test
  void whatWasSentBeforeTheReceiversStartIsNotRunButAskedForAgain() {
    a.tell(b.id, text("one"));
    world.seconds(1);
    // The way delays everything of the first try by a second, in which the receiver starts anew.
    world.way =
        (from, to, frame, copy) -> {
          world.later(1_000_000_000L, () -> to.arrive(frame));
          return List.of();
        };
    CompletableFuture<Outcome> result = a.send(b.id, text("two"));
    world.seconds(0.1);
    b.restart();
    world.seconds(9);
    assertThat(b.counted(Tally.MESSAGE_BEFORE_START)).isEqualTo(1);
    assertThat(delivered(result).tries()).isGreaterThan(1);
    assertThat(texts(b)).containsExactly("one", "two");
  }

  @Test
  void whatWasSentBeforeTheStartGoesToAnApplicationThatRemembers() {
    a.learn(b.id);
    world.seconds(1);
    world.way =
        (from, to, frame, copy) -> {
          world.later(1_000_000_000L, () -> to.arrive(frame));
          return List.of();
        };
    CompletableFuture<Outcome> result =
        a.send(
            b.id,
            text("two"),
            SendOptions.DEFAULT.within(Duration.ofSeconds(10)).application(Applications.MESSENGER));
    world.seconds(0.1);
    b.restart();
    world.seconds(9);
    assertThat(b.counted(Tally.MESSAGE_BEFORE_START)).isZero();
    assertThat(delivered(result)).isNotNull();
    assertThat(texts(b)).containsExactly("two");
  }

  @Test
  void aReplayAfterARestartIsNotRun() {
    a.tell(b.id, text("pay"));
    world.seconds(1);
    List<byte[]> recorded = List.copyOf(world.crossed);
    world.seconds(60);
    b.restart(); // with nothing remembered at the gate either
    recorded.forEach(b::arrive);
    world.seconds(1);
    assertThat(texts(b)).containsExactly("pay");
    assertThat(b.counted(Tally.MESSAGE_BEFORE_START)).isEqualTo(1);
  }

  @Test
  void aSenderThatIsNotWantedHearsNothing() {
    SmallWorld.End shy = world.end(5, id -> false);
    CompletableFuture<Outcome> result = a.send(shy.id, text("x"));
    world.seconds(10);
    assertThat(undelivered(result).why()).isEqualTo(Reason.NO_ANSWER);
    assertThat(shy.plans).isEmpty();
    assertThat(shy.counted(Tally.SENDER_UNWANTED)).isPositive();
  }

  @Test
  void aShyNodeStillGetsItsOwnReceipts() {
    SmallWorld.End shy = world.end(5, id -> false);
    CompletableFuture<Outcome> result = shy.send(b.id, text("x"));
    world.seconds(1);
    assertThat(delivered(result).tries()).isEqualTo(1);
  }

  @Test
  void workersWithoutRoomDelayAndLoseNothing() {
    a.learn(b.id);
    world.seconds(1);
    a.workFull = true;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(2);
    assertThat(result).isNotDone();
    a.workFull = false;
    world.seconds(1);
    assertThat(delivered(result).tries()).isEqualTo(1);
  }

  @Test
  void idsAreForgottenAfterHalfAnHour() {
    a.tell(b.id, text("x"));
    world.seconds(1);
    assertThat(b.delivery.remembered()).isEqualTo(1);
    world.seconds(32 * 60);
    assertThat(b.delivery.remembered()).isZero();
  }

  @Test
  void anIdWithoutTheNetworksWorkCannotExist() {
    NodeId nobody = new NodeId(-1, 0, 0, 0);
    SmallWorld hard = new SmallWorld(org.wayfolk.peer.Network.local("hard").withDifficulty(8));
    SmallWorld.End x = hard.end(1);
    assertThat(undelivered(x.send(nobody, text("x"))).why()).isEqualTo(Reason.TOO_LITTLE_WORK);
  }
}
