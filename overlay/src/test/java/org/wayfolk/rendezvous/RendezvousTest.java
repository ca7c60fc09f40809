package org.wayfolk.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.SmallWorld;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Copies;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;

class RendezvousTest {
  private final SmallWorld world = new SmallWorld();
  private final SmallWorld.End a = world.end(1);
  private final SmallWorld.End b = world.end(2);
  private final SmallWorld.End mallory = world.end(3);

  private static Answer now(CompletableFuture<Answer> f) {
    assertThat(f).isDone();
    return f.join();
  }

  private static Answer.KeyFound found(CompletableFuture<Answer> f) {
    return (Answer.KeyFound) now(f);
  }

  private static Answer.Why missing(CompletableFuture<Answer> f) {
    return ((Answer.KeyMissing) now(f)).why();
  }

  private static byte[] currentKey(SmallWorld.End e) {
    return e.keys.current(HpkeSuite.X25519).orElseThrow().publicKey();
  }

  private static KeyPayload.Offer offer(SmallWorld.End e) {
    return new KeyPayload.Offer(1, currentKey(e), e.record.bytes());
  }

  /** Replaces every key answer on its way by payloads of the test's own, signed by {@code by}. */
  private void answerWith(
      SmallWorld.End by, java.util.function.Function<KeyPayload.Nonce, byte[]> payload) {
    List<KeyPayload.Nonce> nonces = new ArrayList<>();
    world.way =
        (from, to, frame, copy) -> {
          if (SmallWorld.kind(frame) == PayloadKind.KEY_ASK) {
            nonces.add(nonceOf(frame));
            world.later(
                SmallWorld.DELAY,
                () -> a.arrive(world.sign(by.me, a.id, payload.apply(nonces.getLast()))));
          }
          return List.of();
        };
  }

  private static KeyPayload.Nonce nonceOf(byte[] askFrame) {
    int at = askFrame.length - 64 - KeyPayload.NONCE_BYTES;
    try {
      Reader r = new Reader(askFrame, at, KeyPayload.NONCE_BYTES);
      return new KeyPayload.Nonce(r.i64(), r.i64());
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void learnsTheOwnersRecordAndKeyAndHowFarItIs() {
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(1);
    Answer.KeyFound k = found(f);
    assertThat(k.target()).isEqualTo(b.id);
    assertThat(k.sealingKey()).isEqualTo(currentKey(b));
    assertThat(k.record()).isEqualTo(b.record);
    assertThat(k.keyId()).isEqualTo(SealingKeyPair.idOf(a.me.crypto(), currentKey(b)));
    assertThat(k.roundTripNanos()).isBetween(2 * SmallWorld.DELAY, 3 * SmallWorld.DELAY);
    assertThat(k.hops()).isEqualTo(1);
  }

  @Test
  void whatIsKnownIsAnsweredWithoutAFrameAndFreshAsksAgain() {
    a.learn(b.id);
    world.seconds(1);
    int frames = world.crossed.size();
    assertThat(found(a.ask(b.id, false)).roundTripNanos()).isZero();
    assertThat(world.crossed).hasSize(frames);
    CompletableFuture<Answer> fresh = a.ask(b.id, true);
    assertThat(fresh).isNotDone();
    world.seconds(1);
    assertThat(found(fresh).roundTripNanos()).isPositive();
  }

  @Test
  void ourOwnKeyIsKnown() {
    assertThat(found(a.ask(a.id, true)).sealingKey()).isEqualTo(currentKey(a));
    assertThat(world.crossed).isEmpty();
  }

  @Test
  void asksForOneTargetAreOne() {
    List<CompletableFuture<Answer>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(a.ask(b.id, false));
    }
    world.seconds(1);
    assertThat(all).allSatisfy(f -> assertThat(found(f).target()).isEqualTo(b.id));
    assertThat(a.plans).containsExactly(Copies.TWO);
  }

  @Test
  void asksFourTimesByOtherWaysThenGivesUp() {
    world.way = (from, to, frame, copy) -> List.of();
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(9.9);
    assertThat(f).isNotDone();
    world.seconds(0.2);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.plans).containsExactly(Copies.TWO, Copies.THIRD, Copies.THIRD, Copies.THIRD);
  }

  @Test
  void withoutALinkItSaysSo() {
    a.down();
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(0.1);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ROUTE);
  }

  @Test
  void tooManyTargetsAtOnceAreRefused() {
    world.way = (from, to, frame, copy) -> List.of();
    for (int i = 0; i < Rendezvous.MAX_ASKS; i++) {
      a.learn(Records.identity(2_000 + i).id());
    }
    assertThat(missing(a.ask(b.id, false))).isEqualTo(Answer.Why.BUSY);
    world.seconds(11);
    assertThat(a.ask(b.id, false)).isNotDone();
  }

  @Test
  void anAnswerSignedBySomebodyElseIsRefused() {
    answerWith(mallory, nonce -> KeyPayload.answer(nonce, offer(mallory)));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.KEY_ANSWER_UNASKED)).isPositive();
  }

  @Test
  void anAnswerWithTheRecordOfAnotherIsRefused() {
    answerWith(b, nonce -> KeyPayload.answer(nonce, offer(mallory)));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.KEY_UNPROVEN)).isPositive();
  }

  @Test
  void aKeyThatTheRecordDoesNotNameIsRefused() {
    answerWith(
        b,
        nonce ->
            KeyPayload.answer(
                nonce, new KeyPayload.Offer(1, currentKey(mallory), b.record.bytes())));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.KEY_UNPROVEN)).isPositive();
  }

  @Test
  void aRecordWithAChangedSignatureIsRefused() {
    byte[] record = b.record.bytes().clone();
    record[record.length - 1] ^= 1;
    answerWith(
        b, nonce -> KeyPayload.answer(nonce, new KeyPayload.Offer(1, currentKey(b), record)));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.KEY_UNPROVEN)).isPositive();
  }

  @Test
  void anAnswerToNoAskOfOursIsRefused() {
    KeyPayload.Nonce guess = new KeyPayload.Nonce(1, 2);
    a.arrive(world.sign(b.me, a.id, KeyPayload.answer(guess, offer(b))));
    world.seconds(1);
    assertThat(a.counted(Tally.KEY_ANSWER_UNASKED)).isEqualTo(1);
    answerWith(b, nonce -> KeyPayload.answer(guess, offer(b)));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
  }

  @Test
  void aSuiteThatWeDoNotSealInIsCounted() {
    answerWith(
        b,
        nonce ->
            KeyPayload.answer(nonce, new KeyPayload.Offer(2, currentKey(b), b.record.bytes())));
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(11);
    assertThat(missing(f)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.KEY_SUITE_UNKNOWN)).isPositive();
  }

  @Test
  void everyTruncationIsMalformed() {
    for (byte[] whole :
        List.of(
            KeyPayload.ask(new KeyPayload.Nonce(1, 2)),
            KeyPayload.answer(new KeyPayload.Nonce(1, 2), offer(b)),
            KeyPayload.rekey(new byte[8], offer(b)))) {
      long before = a.counted(Tally.KEY_MALFORMED);
      for (int n = PayloadKind.PREFIX_BYTES; n < whole.length; n++) {
        a.arrive(world.sign(b.me, a.id, Arrays.copyOf(whole, n)));
      }
      a.arrive(world.sign(b.me, a.id, Arrays.copyOf(whole, whole.length + 1)));
      world.seconds(3);
      assertThat(a.counted(Tally.KEY_MALFORMED) - before)
          .isEqualTo(whole.length - PayloadKind.PREFIX_BYTES + 1);
    }
  }

  @Test
  void asksOverTheirBudgetGetNoAnswer() {
    for (int i = 0; i < 50; i++) {
      b.arrive(world.sign(a.me, b.id, KeyPayload.ask(new KeyPayload.Nonce(i, i))));
    }
    world.seconds(0.5);
    assertThat(b.counted(Tally.KEY_ASKS_ANSWERED)).isEqualTo(Rendezvous.ANSWER_BURST);
    assertThat(b.counted(Tally.KEY_ASK_OVER_BUDGET)).isEqualTo(50 - Rendezvous.ANSWER_BURST);
    CompletableFuture<Answer> other = mallory.ask(b.id, false);
    world.seconds(1);
    assertThat(found(other).target()).isEqualTo(b.id);
  }

  @Test
  void aLaterRecordReplacesAKeyAndAnEarlierOneDoesNot() {
    PeerRecord old = b.record;
    byte[] oldKey = currentKey(b);
    world.seconds(1);
    b.forgetKeys();
    a.learn(b.id);
    world.seconds(1);
    answerWith(b, nonce -> KeyPayload.answer(nonce, new KeyPayload.Offer(1, oldKey, old.bytes())));
    CompletableFuture<Answer> stale = a.ask(b.id, true);
    world.seconds(11);
    assertThat(missing(stale)).isEqualTo(Answer.Why.NO_ANSWER);
    assertThat(a.counted(Tally.RECORD_OLDER)).isPositive();
    assertThat(found(a.ask(b.id, false)).sealingKey()).isEqualTo(currentKey(b));
  }

  @Test
  void aRekeyAboutAKeyThatWeDoNotUseIsRefused() {
    a.arrive(world.sign(b.me, a.id, KeyPayload.rekey(new byte[8], offer(b))));
    world.seconds(1);
    assertThat(a.counted(Tally.REKEY_UNASKED)).isEqualTo(1);
    a.learn(b.id);
    world.seconds(1);
    byte[] id = found(a.ask(b.id, false)).keyId();
    // The same key again would make us seal in a circle.
    a.arrive(world.sign(b.me, a.id, KeyPayload.rekey(id, offer(b))));
    world.seconds(1);
    assertThat(a.counted(Tally.REKEY_UNASKED)).isEqualTo(2);
  }

  @Test
  void aRekeyBySomebodyElseChangesNothing() {
    a.learn(b.id);
    world.seconds(1);
    byte[] id = found(a.ask(b.id, false)).keyId();
    a.arrive(world.sign(mallory.me, a.id, KeyPayload.rekey(id, offer(mallory))));
    world.seconds(1);
    assertThat(a.counted(Tally.REKEY_UNASKED)).isEqualTo(1);
    assertThat(found(a.ask(b.id, false)).sealingKey()).isEqualTo(currentKey(b));
  }

  @Test
  void aFloodOfRekeysIsJudgedAtMostOnceASecond() {
    a.learn(b.id);
    world.seconds(1);
    byte[] id = found(a.ask(b.id, false)).keyId();
    byte[] record = b.record.bytes();
    for (int i = 0; i < 100; i++) {
      byte[] key = currentKey(mallory);
      key[0] = (byte) i;
      a.arrive(world.sign(b.me, a.id, KeyPayload.rekey(id, new KeyPayload.Offer(1, key, record))));
    }
    world.seconds(0.5);
    assertThat(a.counted(Tally.KEY_UNPROVEN)).isEqualTo(2);
    assertThat(a.counted(Tally.REKEY_FLOOD)).isEqualTo(98);
  }

  @Test
  void theOwnKeyIsMadeAnewEachDayAndPeersAreToldTheOneInTheRecord() {
    byte[] first = currentKey(b);
    world.seconds(24 * 3600 + 400);
    assertThat(currentKey(b)).isNotEqualTo(first);
    assertThat(b.seen).hasAtLeastOneElementOfType(Rendezvous.Rotated.class);
    // The record still names the old one, which still opens.
    CompletableFuture<Answer> f = a.ask(b.id, false);
    world.seconds(1);
    assertThat(found(f).sealingKey()).isEqualTo(first);
    b.record = b.signRecord();
    CompletableFuture<Answer> g = a.ask(b.id, true);
    world.seconds(1);
    assertThat(found(g).sealingKey()).isEqualTo(currentKey(b));
  }

  @Test
  void aKeyIsAskedForAgainAfterADay() {
    a.learn(b.id);
    world.seconds(24 * 3600 - 10);
    int frames = world.crossed.size();
    assertThat(a.ask(b.id, false)).isDone();
    world.seconds(20);
    assertThat(a.ask(b.id, false)).isNotDone();
    world.seconds(1);
    assertThat(world.crossed.size()).isGreaterThan(frames);
  }
}
