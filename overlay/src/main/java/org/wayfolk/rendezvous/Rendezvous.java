package org.wayfolk.rendezvous;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerBudgets;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Copies;
import org.wayfolk.routing.Envelope;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;

/**
 * Asks for keys and answers asks. Owned by the loop.
 *
 * <p>What it asks of {@link Effects} while a room above calls {@link #ask} or {@link #rekey} comes
 * back to that room, which hands timers and results that are not its own down to {@link #on}.
 */
public final class Rendezvous implements Protocol {
  /** Targets asked at once, about 500 bytes each. */
  static final int MAX_ASKS = 1_024;

  /** Callers that wait for one target. */
  static final int MAX_WAITING = 256;

  /**
   * Answers to one origin: a ping each second, and the repeats of an ask whose answers got lost.
   */
  static final long ANSWER_BURST = 8;

  static final long ANSWER_RATE = 2;

  /** Answers in all: each costs a signature and is five times as long as its ask. */
  static final long ALL_ANSWERS_BURST = 512;

  static final long ALL_ANSWERS_RATE = 256;

  /** Peers whose budgets are remembered. */
  private static final int MAX_PEERS = 4_096;

  /** How often the own keys' age is looked at; they are made anew once a day. */
  private static final long ROTATE_NANOS = 5 * 60_000_000_000L;

  /** Command: learn a peer's key; the future is completed on the loop. */
  public record Ask(NodeId target, boolean fresh, CompletableFuture<Answer> result)
      implements Input.Command {}

  /**
   * Event: the node made itself a new sealing key. The node writes {@link SealingKeys#encode} to
   * disk, then has its record name this hash; until then peers are told the key that the record
   * names.
   *
   * @param keyHash SHA-256 of the new public key
   */
  public record Rotated(byte[] keyHash) implements Input.Event {}

  /**
   * Event: a peer says that the key we sealed to is gone, and proved its new one.
   *
   * @param oldKeyId the id of the key that is gone, 8 bytes
   */
  public record Rekeyed(byte[] oldKeyId, Answer.KeyFound found) implements Input.Event {}

  private record Again(NodeId target) implements Input.Timer {}

  private record Age() implements Input.Timer {}

  /** An own frame, signed on a worker. */
  private record Signed(
      NodeId target,
      byte[] frame,
      Copies plan,
      KeyPayload.@Nullable Nonce ask,
      @Nullable NodeId via)
      implements Input.Worked {}

  /** What a worker found of an offer; {@code found} is null if it proves nothing. */
  private record Judged(
      NodeId from, Answer.@Nullable KeyFound found, byte @Nullable [] replacedKeyId)
      implements Input.Worked {}

  private final Identity me;
  private final Crypto crypto;
  private final byte[] myKey;
  private final SealingKeys keys;
  private final Supplier<PeerRecord> ownRecord;
  private final OfferCheck prover;
  private final Originator out;
  private final KeyCache cache = new KeyCache();
  private final Map<NodeId, Asking> asks = new LinkedHashMap<>();
  private final PeerBudgets answers = new PeerBudgets(MAX_PEERS, ANSWER_BURST, ANSWER_RATE);
  private final Lately answered = new Lately(MAX_PEERS);
  private final PeerBudgets rekeysSent = new PeerBudgets(MAX_PEERS, 1, 1);
  private final PeerBudgets rekeysTaken = new PeerBudgets(MAX_PEERS, 2, 1);
  private @Nullable TokenBucket allAnswers;
  private boolean aging;

  /**
   * The room of one node.
   *
   * @param keys rotated once by the owner before the node starts, so that there is a current one
   * @param ownRecord this node's current record; called on the loop
   */
  public Rendezvous(
      Identity me,
      Network network,
      SealingKeys keys,
      Supplier<PeerRecord> ownRecord,
      Originator out) {
    this.me = me;
    this.crypto = me.crypto();
    this.myKey = me.publicIdentity().key();
    this.keys = keys;
    this.ownRecord = ownRecord;
    this.prover = new OfferCheck(crypto, network);
    this.out = out;
  }

  /** The key of a peer if it is known and still good. */
  public Answer.@Nullable KeyFound known(NodeId target, Effects fx) {
    return target.equals(me.id()) ? own() : cache.get(target, fx.wallMillis());
  }

  /**
   * Learns a peer's key: {@link Answer.KeyFound} or {@link Answer.KeyMissing} follows as an event,
   * within ten seconds. Asks for one target under way at once are one.
   *
   * @param fresh whether to ask the peer itself though its key is known
   */
  public void ask(NodeId target, boolean fresh, Effects fx) {
    ask(target, fresh, null, fx);
  }

  private void ask(
      NodeId target, boolean fresh, @Nullable CompletableFuture<Answer> result, Effects fx) {
    Answer.KeyFound known = known(target, fx);
    if (known != null && (!fresh || target.equals(me.id()))) {
      finish(known, result, fx);
      return;
    }
    Asking asking = asks.get(target);
    if (asking != null) {
      join(asking, result, fx);
    } else {
      begin(target, result, fx);
    }
  }

  private void begin(NodeId target, @Nullable CompletableFuture<Answer> result, Effects fx) {
    if (asks.size() >= MAX_ASKS) {
      fx.count(Tally.KEY_ASKS_FULL);
      finish(new Answer.KeyMissing(target, Answer.Why.BUSY), result, fx);
      return;
    }
    Asking asking = new Asking(target);
    asks.put(target, asking);
    join(asking, result, fx);
    sendAsk(asking, fx);
  }

  private static void join(Asking asking, @Nullable CompletableFuture<Answer> result, Effects fx) {
    if (result != null) {
      if (asking.waiting.size() >= MAX_WAITING) {
        fx.count(Tally.KEY_ASKS_FULL);
        result.complete(new Answer.KeyMissing(asking.target, Answer.Why.BUSY));
      } else {
        asking.waiting.add(result);
      }
    }
  }

  private static void finish(
      Answer answer, @Nullable CompletableFuture<Answer> result, Effects fx) {
    if (result != null) {
      result.complete(answer);
    } else {
      fx.emit(answer);
    }
  }

  /**
   * Tells a peer that a message of its was sealed to a key that is not ours, and which one is. At
   * most once a second to one peer.
   */
  public void rekey(NodeId to, byte[] unknownKeyId, Effects fx) {
    KeyPayload.Offer offer = offer();
    if (offer == null || !rekeysSent.take(to, fx.now())) {
      fx.count(Tally.REKEY_OVER_BUDGET);
      return;
    }
    sign(to, KeyPayload.rekey(unknownKeyId, offer), answerPlan(to), null, null, fx);
  }

  @Override
  public void on(Input in, Effects fx) {
    switch (in) {
      case Input.LinkUp up -> ageLater(fx);
      case Input.Verified v -> verified(v, fx);
      case Ask ask -> ask(ask.target, ask.fresh, ask.result, fx);
      case Again again -> again(again.target, fx);
      case Signed signed -> signed(signed, fx);
      case Judged judged -> judged(judged, fx);
      case Age age -> {
        aging = false;
        rotate(fx);
        ageLater(fx);
      }
      default -> {}
    }
  }

  private void verified(Input.Verified v, Effects fx) {
    try {
      switch (v.kind()) {
        case PayloadKind.KEY_ASK -> asked(v, KeyPayload.readAsk(v.body()), fx);
        case PayloadKind.KEY_ANSWER -> answered(v, KeyPayload.readAnswer(v.body()), fx);
        case PayloadKind.REKEY -> rekeyed(v, KeyPayload.readRekey(v.body()), fx);
        default -> {}
      }
    } catch (Malformed e) {
      fx.count(Tally.KEY_MALFORMED);
    }
  }

  // Our own key.

  private void ageLater(Effects fx) {
    if (!aging) {
      aging = true;
      fx.timer(ROTATE_NANOS, new Age());
    }
  }

  private void rotate(Effects fx) {
    byte[] before = currentHash();
    keys.rotate(fx.wallMillis(), fx.random(), HpkeSuite.X25519);
    byte[] after = currentHash();
    if (after.length > 0 && !Arrays.equals(before, after)) {
      fx.emit(new Rotated(after));
    }
  }

  private byte[] currentHash() {
    return keys.current(HpkeSuite.X25519).map(k -> k.publicHash(crypto)).orElse(new byte[0]);
  }

  /** The key that our record names, with it; null if the record names none that we still have. */
  private KeyPayload.@Nullable Offer offer() {
    PeerRecord record = ownRecord.get();
    SealingKeyPair pair = keys.find(record.sealingKeyHash(), 0).orElse(null);
    return pair == null
        ? null
        : new KeyPayload.Offer(pair.suite().code(), pair.publicKey(), record.bytes());
  }

  private Answer.@Nullable KeyFound own() {
    PeerRecord record = ownRecord.get();
    return keys.find(record.sealingKeyHash(), 0)
        .map(k -> new Answer.KeyFound(me.id(), record, k.suite(), k.publicKey(), 0, 0))
        .orElse(null);
  }

  // Answering.

  private void asked(Input.Verified v, KeyPayload.Nonce nonce, Effects fx) {
    TokenBucket all = allAnswers;
    if (all == null) {
      all = new TokenBucket(ALL_ANSWERS_BURST, ALL_ANSWERS_RATE, fx.now());
      allAnswers = all;
    }
    if (!answers.take(v.origin(), fx.now()) || !all.take(1, fx.now())) {
      fx.count(Tally.KEY_ASK_OVER_BUDGET);
      return;
    }
    KeyPayload.Offer offer = offer();
    if (offer != null) {
      fx.count(Tally.KEY_ASKS_ANSWERED);
      // Asked again: the answer got lost, and may get lost again on the same way.
      boolean again = answered.again(v.origin(), fx.now());
      Copies plan = again ? Copies.THIRD : answerPlan(v.origin());
      NodeId via = v.from().peer();
      sign(v.origin(), KeyPayload.answer(nonce, offer), plan, null, via, fx);
    }
  }

  private Copies answerPlan(NodeId to) {
    return out.direct(to) ? Copies.ONE_DIRECT : Copies.TWO;
  }

  // Asking.

  private void sendAsk(Asking asking, Effects fx) {
    KeyPayload.Nonce nonce = new KeyPayload.Nonce(fx.random().nextLong(), fx.random().nextLong());
    Copies plan;
    if (asking.tries > 0) {
      plan = Copies.THIRD; // what did not answer may lie on the way
    } else {
      plan = answerPlan(asking.target);
    }
    asking.tries++;
    asking.timer = fx.timer(asking.patience(), new Again(asking.target));
    sign(asking.target, KeyPayload.ask(nonce), plan, nonce, null, fx);
  }

  /**
   * There are more links than when this target was asked: a newcomer's first question goes out over
   * its first link, and the answer may not have found a way back. Asks once more, at most {@link
   * Asking#HURRIES} times.
   */
  public void hurry(NodeId target, Effects fx) {
    Asking asking = asks.get(target);
    if (asking != null && asking.mayHurry(fx.now())) {
      KeyPayload.Nonce nonce = new KeyPayload.Nonce(fx.random().nextLong(), fx.random().nextLong());
      sign(target, KeyPayload.ask(nonce), answerPlan(target), nonce, null, fx);
    }
  }

  private void again(NodeId target, Effects fx) {
    Asking asking = asks.get(target);
    if (asking == null) {
      return;
    }
    if (asking.tries < Asking.TRIES) {
      sendAsk(asking, fx);
    } else {
      end(asking, new Answer.KeyMissing(target, Answer.Why.NO_ANSWER), fx);
    }
  }

  private void end(Asking asking, Answer answer, Effects fx) {
    asks.remove(asking.target);
    asking.stop();
    for (CompletableFuture<Answer> f : asking.waiting) {
      f.complete(answer);
    }
    fx.emit(answer);
  }

  private void sign(
      NodeId target,
      byte[] payload,
      Copies plan,
      KeyPayload.@Nullable Nonce ask,
      @Nullable NodeId via,
      Effects fx) {
    long sent = fx.networkMillis() * 1_000_000L;
    fx.work(() -> {
      byte[] frame = Envelope.sign(FrameType.ROUTE, target, myKey, sent, payload, me::signEnvelope);
      return new Signed(target, frame, plan, ask, via);
    });
  }

  private void signed(Signed s, Effects fx) {
    Asking asking = asks.get(s.target);
    if (s.ask != null) {
      if (asking == null) {
        return; // answered meanwhile, or given up
      }
      asking.sent(s.ask, fx.now());
    }
    NodeId via = s.via;
    int copies =
        via == null
            ? out.originate(s.frame, s.target, s.plan, fx)
            : out.originate(s.frame, s.target, s.plan, via, fx);
    // A later try without a route still waits for the answer to an earlier one.
    if (s.ask != null && asking != null && copies == 0 && asking.tries == 1) {
      end(asking, new Answer.KeyMissing(s.target, Answer.Why.NO_ROUTE), fx);
    }
  }

  private void answered(Input.Verified v, KeyPayload.KeyAnswer answer, Effects fx) {
    Asking asking = asks.get(v.origin());
    Long sentAt = asking == null ? null : asking.answered(answer.nonce());
    if (sentAt == null) {
      fx.count(Tally.KEY_ANSWER_UNASKED);
      return;
    }
    judge(v, answer.offer(), fx.now() - sentAt, null, fx);
  }

  private void rekeyed(Input.Verified v, KeyPayload.Rekey rekey, Effects fx) {
    Answer.KeyFound used = cache.get(v.origin(), fx.wallMillis());
    if (used == null
        || !Arrays.equals(used.keyId(), rekey.unknownKeyId())
        || Arrays.equals(used.sealingKey(), rekey.offer().key())) {
      fx.count(Tally.REKEY_UNASKED);
      return;
    }
    if (!rekeysTaken.take(v.origin(), fx.now())) {
      fx.count(Tally.REKEY_FLOOD);
      return;
    }
    judge(v, rekey.offer(), 0, rekey.unknownKeyId(), fx);
  }

  private void judge(
      Input.Verified v,
      KeyPayload.Offer offer,
      long roundTrip,
      byte @Nullable [] replacedKeyId,
      Effects fx) {
    if (!KeyPayload.supported(offer.suite())) {
      fx.count(Tally.KEY_SUITE_UNKNOWN);
      return;
    }
    NodeId from = v.origin();
    int hops = v.hops();
    long wall = fx.wallMillis();
    long network = fx.networkMillis();
    fx.work(() ->
        new Judged(from, prover.prove(from, offer, roundTrip, hops, wall, network), replacedKeyId));
  }

  private void judged(Judged judged, Effects fx) {
    Answer.KeyFound found = judged.found;
    if (found == null) {
      fx.count(Tally.KEY_UNPROVEN);
      return;
    }
    byte[] replaced = judged.replacedKeyId;
    if (!cache.put(found, fx.wallMillis())) {
      fx.count(replaced == null ? Tally.RECORD_OLDER : Tally.REKEY_UNASKED);
      return;
    }
    fx.count(Tally.KEYS_FOUND);
    if (replaced != null) {
      fx.emit(new Rekeyed(replaced, found));
    }
    Asking asking = asks.get(found.target());
    if (asking != null && replaced == null) {
      end(asking, found, fx);
    }
  }
}
