package org.wayfolk.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.wire.Malformed;

/** The sending half: messages that have no outcome yet. Owned by the loop. */
final class Sender {
  /** Messages without an outcome; each holds its payload. */
  static final int MAX_MESSAGES = 4_096;

  /** Their payloads together. */
  static final int MAX_BYTES = 32 << 20;

  /** Messages without an outcome to one peer, so that one that is away does not stop all others. */
  static final int MAX_TO_ONE = 1_024;

  /** Tries within an attempt: one and three repeats (overlay.md 9). */
  static final int TRIES = 4;

  /** How soon to look again for a link when none came up by itself, or for room in its outbox. */
  private static final long ROUTE_GAP = 1_000_000_000L;

  /** With so few links an answer may not find us: new ones are a reason to ask again. */
  private static final int FEW_LINKS = 16;

  private static final long ROOM_GAP = 100_000_000L;

  /** A timer of one message. */
  record Next(MessageId id) implements Input.Timer {}

  /** The deadline of one message. */
  record Deadline(MessageId id) implements Input.Timer {}

  /** One try, sealed; {@code shipment} is null if the receiver's key was none. */
  record Sealed(MessageId id, byte[] keyId, Sealer.@Nullable Shipment shipment)
      implements Input.Worked {}

  /** Takes what is for ourselves. */
  interface Local {
    /**
     * Queues a message to oneself; its verdict comes back by {@link Sender#localDone}. False if the
     * queue is full.
     */
    boolean deliver(MessageId id, MessagePayload.Content what, Effects fx);
  }

  private final NodeId self;
  private final int difficulty;
  private final Sealer sealer;
  private final Rendezvous rendezvous;
  private final Originator out;
  private final Local local;
  private final RoundTrips roundTrips = new RoundTrips();
  private final Map<MessageId, Outgoing> messages = new LinkedHashMap<>();
  private final Map<NodeId, Integer> toOne = new HashMap<>();
  private final Map<NodeId, ArrayDeque<Outgoing>> ordered = new HashMap<>();
  private int bytes;
  private int links;
  private boolean closed;

  Sender(
      NodeId self,
      Network network,
      Sealer sealer,
      Rendezvous rendezvous,
      Originator out,
      Local local) {
    this.self = self;
    this.difficulty = network.difficulty();
    this.sealer = sealer;
    this.rendezvous = rendezvous;
    this.out = out;
    this.local = local;
  }

  void send(Send s, Effects fx) {
    fx.count(Tally.MESSAGES_SENT);
    Reason refusal = refusal(s);
    if (refusal != null) {
      if (refusal == Reason.BACKPRESSURE) {
        fx.count(Tally.SEND_BACKPRESSURE);
      }
      s.result().complete(new Outcome.Undelivered(refusal, 0));
      return;
    }
    Outgoing o = new Outgoing(MessageId.draw(fx.random()), s, fx.now());
    messages.put(o.id, o);
    toOne.merge(o.target, 1, Integer::sum);
    bytes += o.bytes();
    o.deadline = fx.timer(s.options().deadline().toNanos(), new Deadline(o.id));
    if (!s.options().ordered()) {
      attempt(o, fx);
      return;
    }
    ArrayDeque<Outgoing> line = ordered.computeIfAbsent(o.target, t -> new ArrayDeque<>());
    line.add(o);
    if (line.peek() == o) {
      attempt(o, fx);
    }
  }

  private @Nullable Reason refusal(Send s) {
    if (closed) {
      return Reason.CLOSED;
    }
    if (s.payload().length > Send.MAX_PAYLOAD) {
      return Reason.TOO_LARGE;
    }
    if (s.target().leadingZeros() < difficulty) {
      return Reason.TOO_LITTLE_WORK;
    }
    boolean full =
        messages.size() >= MAX_MESSAGES
            || bytes + s.payload().length > MAX_BYTES
            || toOne.getOrDefault(s.target(), 0) >= MAX_TO_ONE;
    return full ? Reason.BACKPRESSURE : null;
  }

  /** How many messages have no outcome yet. */
  int waiting() {
    return messages.size();
  }

  void close() {
    closed = true;
    for (Outgoing o : new ArrayList<>(messages.values())) {
      o.end();
      o.command.result().complete(new Outcome.Undelivered(Reason.CLOSED, o.tries));
    }
    messages.clear();
    toOne.clear();
    ordered.clear();
    bytes = 0;
  }

  void links(int count, Effects fx) {
    boolean more = count > links;
    links = count;
    if (more) {
      // A copy: a try may end a message.
      for (Outgoing o : List.copyOf(messages.values())) {
        if (o.stage == Outgoing.Stage.ROUTE) {
          attempt(o, fx);
        } else if (o.stage == Outgoing.Stage.KEY && count <= FEW_LINKS) {
          rendezvous.hurry(o.target, fx);
        }
      }
    }
  }

  // One try.

  private void attempt(Outgoing o, Effects fx) {
    o.stopTimer();
    if (o.target.equals(self)) {
      o.stage = Outgoing.Stage.LOCAL;
      o.tries = 1;
      if (!local.deliver(o.id, o.content(), fx)) {
        finish(o, Reason.BACKPRESSURE, fx);
      }
      return;
    }
    Answer.KeyFound key = rendezvous.known(o.target, fx);
    if (key == null) {
      o.stage = Outgoing.Stage.KEY;
      rendezvous.ask(o.target, false, fx);
      return;
    }
    o.stage = Outgoing.Stage.SEALING;
    byte[] entropy = new byte[key.suite().entropyBytes()];
    fx.random().nextBytes(entropy);
    long sent = fx.networkMillis();
    MessagePayload.Content what = o.content();
    if (!fx.work(() -> seal(o.id, what, key, entropy, sent))) {
      wait(o, Outgoing.Stage.ROUTE, ROOM_GAP, fx);
    }
  }

  /** On a worker. */
  private Sealed seal(
      MessageId id, MessagePayload.Content what, Answer.KeyFound key, byte[] entropy, long sent) {
    try {
      return new Sealed(id, key.keyId(), sealer.seal(id, what, key, entropy, sent));
    } catch (Malformed e) {
      return new Sealed(id, key.keyId(), null);
    }
  }

  void sealed(Sealed s, Effects fx) {
    Outgoing o = messages.get(s.id);
    Sealer.Shipment shipment = s.shipment;
    if (o == null || o.stage != Outgoing.Stage.SEALING) {
      if (shipment != null) {
        shipment.context().close();
      }
      return;
    }
    if (shipment == null) {
      finish(o, Reason.UNSUPPORTED, fx);
      return;
    }
    int copies = out.originate(shipment.frame(), o.target, o.plan(out.direct(o.target)), fx);
    if (copies == 0) {
      shipment.context().close();
      noRoute(o, fx);
      return;
    }
    fx.count(Tally.MESSAGE_TRIES);
    o.sent(new Outgoing.Sealing(shipment.context(), s.keyId, fx.now()));
    wait(o, Outgoing.Stage.SENT, roundTrips.gap(o.target, o.tries), fx);
  }

  private void wait(Outgoing o, Outgoing.Stage stage, long nanos, Effects fx) {
    o.stopTimer();
    o.stage = stage;
    o.timer = fx.timer(nanos, new Next(o.id));
  }

  private void noRoute(Outgoing o, Effects fx) {
    if (links > 0 || o.tries > 0) {
      wait(o, Outgoing.Stage.ROUTE, ROOM_GAP, fx); // outboxes are full, or links come and go
    } else if (o.command.options().waitForRoute()) {
      wait(o, Outgoing.Stage.ROUTE, ROUTE_GAP, fx);
    } else {
      finish(o, Reason.NO_ROUTE, fx);
    }
  }

  void next(Next n, Effects fx) {
    Outgoing o = messages.get(n.id);
    if (o != null) {
      o.timer = null;
      attempt(o, fx);
    }
  }

  void deadline(Deadline d, Effects fx) {
    Outgoing o = messages.get(d.id);
    if (o != null) {
      finish(o, lastWord(o), fx);
    }
  }

  private Reason lastWord(Outgoing o) {
    Status said = o.refusal;
    if (said != null) {
      return said.reason();
    }
    if (o.tries == 0 && o.stage == Outgoing.Stage.ROUTE) {
      return links > 0 ? Reason.BACKPRESSURE : Reason.NO_ROUTE;
    }
    return Reason.NO_ANSWER;
  }

  // What comes back.

  void key(Answer answer, Effects fx) {
    for (Outgoing o : List.copyOf(messages.values())) {
      if (o.stage == Outgoing.Stage.KEY && o.target.equals(answer.target())) {
        switch (answer) {
          case Answer.KeyFound found -> attempt(o, fx);
          case Answer.KeyMissing missing -> noKey(o, missing.why(), fx);
        }
      }
    }
  }

  private void noKey(Outgoing o, Answer.Why why, Effects fx) {
    switch (why) {
      case NO_ROUTE -> noRoute(o, fx);
      case BUSY -> finish(o, Reason.BACKPRESSURE, fx);
      case NO_ANSWER -> wait(o, Outgoing.Stage.KEY, ROUTE_GAP, fx);
    }
  }

  void rekeyed(Rendezvous.Rekeyed r, Effects fx) {
    for (Outgoing o : List.copyOf(messages.values())) {
      boolean lost =
          o.stage == Outgoing.Stage.SENT
              && o.target.equals(r.found().target())
              && o.sealedTo(r.oldKeyId());
      // Once: a receiver that forgets every key must not make us seal for ever.
      if (lost && !o.resealed) {
        o.resealed = true;
        attempt(o, fx);
      }
    }
  }

  void receipt(Input.Verified v, Effects fx) {
    MessagePayload.Receipted r;
    try {
      r = MessagePayload.readReceipt(v.body());
    } catch (Malformed e) {
      fx.count(Tally.MESSAGE_MALFORMED);
      return;
    }
    Outgoing o = messages.get(r.id());
    if (o == null || !o.target.equals(v.origin()) || o.allAnswered()) {
      fx.count(Tally.RECEIPT_UNASKED);
      return;
    }
    Outgoing.Sealing sealing = o.proven(r);
    if (sealing == null) {
      fx.count(Tally.RECEIPT_FORGED);
      return;
    }
    long roundTrip = fx.now() - sealing.sentAt();
    roundTrips.sample(o.target, roundTrip);
    out.proven(v.from().peer());
    answered(o, r, roundTrip, fx);
  }

  private void answered(Outgoing o, MessagePayload.Receipted r, long roundTrip, Effects fx) {
    Status status = r.status();
    if (status == Status.ACCEPTED) {
      fx.count(Tally.MESSAGES_ACKNOWLEDGED);
      Duration took = Duration.ofNanos(roundTrip);
      finish(o, new Outcome.Delivered(took, r.hops(), o.tries), fx);
      return;
    }
    o.refusal = status;
    boolean over =
        o.tries >= TRIES
            && o.allAnswered()
            && o.command.options().deadline().toNanos() <= RoundTrips.SLOW_GAP;
    if (!status.again() || over) {
      finish(o, status.reason(), fx);
    }
  }

  /** What became of a message to ourselves. */
  void localDone(MessageId id, @Nullable Status status, Effects fx) {
    Outgoing o = messages.get(id);
    if (o == null) {
      return;
    }
    if (status == Status.ACCEPTED) {
      Duration took = Duration.ofNanos(fx.now() - o.begunAt);
      finish(o, new Outcome.Delivered(took, 0, 1), fx);
    } else {
      finish(o, status == null ? Reason.NO_ANSWER : status.reason(), fx);
    }
  }

  // The one outcome.

  private void finish(Outgoing o, Reason why, Effects fx) {
    finish(o, new Outcome.Undelivered(why, o.tries), fx);
  }

  private void finish(Outgoing o, Outcome outcome, Effects fx) {
    if (messages.remove(o.id) == null) {
      return;
    }
    o.end();
    bytes -= o.bytes();
    toOne.computeIfPresent(o.target, (t, n) -> n == 1 ? null : n - 1);
    o.command.result().complete(outcome);
    if (o.command.options().ordered()) {
      nextInOrder(o, fx);
    }
  }

  private void nextInOrder(Outgoing done, Effects fx) {
    ArrayDeque<Outgoing> line = ordered.get(done.target);
    if (line == null) {
      return;
    }
    boolean head = line.peek() == done;
    line.remove(done);
    Outgoing next = line.peek();
    if (next == null) {
      ordered.remove(done.target);
    } else if (head) {
      attempt(next, fx);
    }
  }
}
