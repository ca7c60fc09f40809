package org.wayfolk.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.routing.Copies;
import org.wayfolk.wire.Malformed;

/**
 * The receiving half: opens, remembers ids, keeps each sender's order before the handler, answers
 * every sealing. Owned by the loop.
 */
final class Receiver implements Sender.Local {
  /** Messages being opened. */
  static final int MAX_OPENING = 256;

  /** Their bytes. */
  static final int MAX_OPENING_BYTES = 8 << 20;

  /** Messages before the handler, of all senders. */
  static final int MAX_QUEUED = 4_096;

  /** Their bytes. */
  static final int MAX_QUEUED_BYTES = 64 << 20;

  /** Ids remembered of all senders, about 200 bytes each. */
  static final int MAX_IDS = 65_536;

  private static final long SWEEP_NANOS = 60_000_000_000L;

  /** Time to forget old ids. */
  record Sweep() implements Input.Timer {}

  /** A message that a worker has tried to open; {@code opened} is null if its seal is bad. */
  record Opened(
      Input.Verified envelope, MessagePayload.Sealed sealed, Sealer.@Nullable Opened opened)
      implements Input.Worked {}

  /** Opens one message, on a worker. */
  record Open(
      Input.Verified envelope, MessagePayload.Sealed sealed, SealingKeyPair own, Sealer sealer)
      implements Supplier<Opened> {
    @Override
    public Opened get() {
      return new Opened(envelope, sealed, sealer.open(sealed, envelope.originKey(), own));
    }
  }

  /** A receipt, signed; {@code again} if the one before it did not stop the sender from asking. */
  record Answered(NodeId to, byte[] frame, boolean again, NodeId via) implements Input.Worked {}

  /** Learns what became of a message to oneself. */
  interface LocalDone {
    /** Called once for each message that {@link #deliver} took; null is silence. */
    void done(MessageId id, @Nullable Status status, Effects fx);
  }

  private record Running(NodeId from, MessageId id, Correspondent.Entry entry) {}

  private final NodeId self;
  private final Sealer sealer;
  private final SealingKeys keys;
  private final Rendezvous rendezvous;
  private final Originator out;
  private final long startedMillis;
  private final Map<NodeId, Correspondent> senders = new LinkedHashMap<>();
  private final Map<Long, Running> handlers = new HashMap<>();
  private LocalDone localDone = (id, status, fx) -> {};
  private long tokens;
  private int opening;
  private int openingBytes;
  private int queued;
  private int queuedBytes;
  private int ids;
  private boolean sweeping;
  private boolean closed;

  Receiver(
      NodeId self,
      Sealer sealer,
      SealingKeys keys,
      Rendezvous rendezvous,
      Originator out,
      long startedMillis) {
    this.self = self;
    this.sealer = sealer;
    this.keys = keys;
    this.rendezvous = rendezvous;
    this.out = out;
    this.startedMillis = startedMillis;
  }

  void onLocalDone(LocalDone listener) {
    localDone = listener;
  }

  void close() {
    closed = true;
  }

  // In.

  void message(Input.Verified v, Effects fx) {
    MessagePayload.Sealed s;
    try {
      s = MessagePayload.readMessage(v.body());
    } catch (Malformed e) {
      fx.count(Tally.MESSAGE_MALFORMED);
      return;
    }
    if (silent(v.origin(), s.id())) {
      fx.count(Tally.MESSAGE_SILENCED);
      return;
    }
    Optional<SealingKeyPair> own = keys.find(s.keyId(), 0);
    if (own.isEmpty()) {
      fx.count(Tally.MESSAGE_UNKNOWN_KEY);
      rendezvous.rekey(v.origin(), s.keyId(), fx);
      return;
    }
    SealingKeyPair pair = own.get();
    if (pair.suite() != s.suite()) {
      fx.count(Tally.MESSAGE_UNSUPPORTED);
      return;
    }
    int length = s.ciphertext().length;
    boolean room = opening < MAX_OPENING && openingBytes + length <= MAX_OPENING_BYTES && !closed;
    if (!room || !fx.work(new Open(v, s, pair, sealer))) {
      fx.count(Tally.MESSAGE_QUEUE_FULL);
      return;
    }
    opening++;
    openingBytes += length;
  }

  /**
   * Whether this sender has had silence for this message: then no repeat of it is worth opening.
   * The envelope is its own, so nobody else can silence it.
   */
  private boolean silent(NodeId from, MessageId id) {
    Correspondent c = senders.get(from);
    Correspondent.Entry e = c == null ? null : c.get(id);
    return e != null && e.silent;
  }

  /** An opening that threw: our bug, which must not cost us a place for ever. */
  void failed(Open job) {
    opening--;
    openingBytes -= job.sealed.ciphertext().length;
  }

  void opened(Opened job, Effects fx) {
    opening--;
    openingBytes -= job.sealed.ciphertext().length;
    Sealer.Opened opened = job.opened;
    if (opened == null) {
      fx.count(Tally.MESSAGE_SEAL_BAD);
      return;
    }
    Input.Verified v = job.envelope;
    NodeId via = v.from().peer();
    Correspondent.Unanswered sealing =
        new Correspondent.Unanswered(opened.context(), v.hops(), via);
    MessageId id = job.sealed.id();
    MessagePayload.Content content;
    try {
      content = MessagePayload.readContent(opened.content());
    } catch (Malformed e) {
      fx.count(Tally.MESSAGE_MALFORMED);
      opened.context().close();
      return;
    }
    if (content == null) {
      fx.count(Tally.MESSAGE_UNSUPPORTED);
      answer(v.origin(), id, Status.UNSUPPORTED, sealing, fx);
    } else if (beforeStart(v, fx) && !Applications.remembers(content.application())) {
      fx.count(Tally.MESSAGE_BEFORE_START);
      answer(v.origin(), id, Status.BEFORE_START, sealing, fx);
    } else {
      remember(message(v.origin(), content, id, v), opened.digest(), sealing, fx);
    }
  }

  /** Both by the clock that most of the network has. */
  private boolean beforeStart(Input.Verified v, Effects fx) {
    return v.sentMillis() < startedMillis + fx.networkMillis() - fx.wallMillis();
  }

  private static Message message(
      NodeId from, MessagePayload.Content content, MessageId id, Input.Verified v) {
    return new Message(
        from,
        content.application(),
        content.payload(),
        Protection.SEALED,
        id,
        v.sentMillis(),
        v.hops());
  }

  private void remember(Message m, byte[] digest, Correspondent.Unanswered sealing, Effects fx) {
    Correspondent c = senders.computeIfAbsent(m.from(), f -> new Correspondent());
    sweepLater(fx);
    Correspondent.Entry old = c.get(m.id());
    if (old != null && !old.same(digest)) {
      fx.count(Tally.MESSAGE_ID_REUSED);
      answer(m.from(), m.id(), Status.REFUSED, sealing, fx);
      return;
    }
    if (old != null && !runsAgain(old)) {
      fx.count(Tally.MESSAGE_DUPLICATE);
      repeated(m, old, sealing, fx);
      return;
    }
    if (!c.room(m.payload().length) || !room(m.payload().length)) {
      fx.count(Tally.MESSAGE_QUEUE_FULL);
      answer(m.from(), m.id(), Status.QUEUE_FULL, sealing, old, fx);
      return;
    }
    Correspondent.Entry entry =
        old != null ? old : new Correspondent.Entry(digest, false, fx.now());
    entry.unanswered.add(sealing);
    queue(c, m, entry, fx);
  }

  /**
   * What no handler took before may be taken now; what is running, accepted or unwanted may not run
   * again.
   */
  private static boolean runsAgain(Correspondent.Entry e) {
    Status s = e.status;
    return s != null && (s.again() || s == Status.LOCKED);
  }

  private void repeated(
      Message m, Correspondent.Entry old, Correspondent.Unanswered sealing, Effects fx) {
    Status s = old.status;
    if (old.silent) { // it was opened while its first copy was with the handler
      fx.count(Tally.MESSAGE_SILENCED);
      sealing.context().close();
    } else if (s != null) {
      answer(m.from(), m.id(), s, sealing, old, fx);
    } else if (old.unanswered.size() < Correspondent.MAX_SEALINGS) {
      old.unanswered.add(sealing);
    } else {
      fx.count(Tally.RECEIPT_OVER_BUDGET);
      sealing.context().close();
    }
  }

  private boolean room(int bytes) {
    return !closed && queued < MAX_QUEUED && queuedBytes + bytes <= MAX_QUEUED_BYTES;
  }

  private void queue(Correspondent c, Message m, Correspondent.Entry entry, Effects fx) {
    queued++;
    queuedBytes += m.payload().length;
    ids += c.queue(m.id(), entry, m);
    if (ids > MAX_IDS) {
      makeRoom();
    }
    run(c, fx);
  }

  @Override
  public boolean deliver(MessageId id, MessagePayload.Content what, Effects fx) {
    Correspondent c = senders.computeIfAbsent(self, f -> new Correspondent());
    sweepLater(fx);
    byte[] payload = what.payload().clone();
    if (!c.room(payload.length) || !room(payload.length)) {
      fx.count(Tally.MESSAGE_QUEUE_FULL);
      return false;
    }
    long now = fx.wallMillis();
    Message m = new Message(self, what.application(), payload, Protection.SEALED, id, now, 0);
    queue(c, m, new Correspondent.Entry(new byte[0], true, fx.now()), fx);
    return true;
  }

  // The handler.

  private void run(Correspondent c, Effects fx) {
    for (Correspondent.Entry next; (next = c.next()) != null; ) {
      Message m = next.message();
      handlers.put(++tokens, new Running(m.from(), m.id(), next));
      fx.emit(new Inbound(m, tokens));
    }
  }

  void handled(Handled h, Effects fx) {
    Running r = handlers.remove(h.token());
    Correspondent c = r == null ? null : senders.get(r.from);
    if (r == null || c == null) {
      return;
    }
    Correspondent.Entry e = r.entry;
    Status status = Status.of(h.verdict());
    fx.count(status == Status.ACCEPTED ? Tally.DELIVERED : Tally.MESSAGE_NOT_ACCEPTED);
    queued--;
    queuedBytes -= c.handled(e, status);
    if (e.local) {
      localDone.done(r.id, status, fx);
    }
    for (Correspondent.Unanswered u : e.unanswered) {
      if (status == null) {
        u.context().close();
      } else {
        answer(r.from, r.id, status, u, e, fx);
      }
    }
    e.unanswered.clear();
    run(c, fx);
  }

  // Out.

  private void answer(
      NodeId to,
      MessageId id,
      Status status,
      Correspondent.Unanswered sealing,
      Correspondent.@Nullable Entry entry,
      Effects fx) {
    if (entry != null && !entry.mayAnswer(fx.now())) {
      fx.count(Tally.RECEIPT_OVER_BUDGET);
      sealing.context().close();
      return;
    }
    answer(to, id, status, sealing, entry != null && entry.answeredBefore(), fx);
  }

  private void answer(
      NodeId to, MessageId id, Status status, Correspondent.Unanswered sealing, Effects fx) {
    answer(to, id, status, sealing, false, fx);
  }

  private void answer(
      NodeId to,
      MessageId id,
      Status status,
      Correspondent.Unanswered sealing,
      boolean again,
      Effects fx) {
    HpkeContext context = sealing.context();
    int hops = sealing.hops();
    long sent = fx.networkMillis();
    boolean taken =
        fx.work(() -> {
          byte[] receipt = sealer.receipt(to, id, status, hops, context, sent);
          return new Answered(to, receipt, again, sealing.via());
        });
    if (!taken) {
      context.close();
    }
  }

  void answered(Answered a, Effects fx) {
    // A receipt that got lost may get lost again on the same way.
    Copies first = out.direct(a.to) ? Copies.ONE_DIRECT : Copies.TWO;
    Copies plan = a.again ? Copies.THIRD : first;
    boolean left = out.originate(a.frame, a.to, plan, a.via, fx) > 0;
    fx.count(left ? Tally.RECEIPTS_SENT : Tally.RECEIPT_NO_ROUTE);
  }

  // Forgetting.

  private void sweepLater(Effects fx) {
    if (!sweeping) {
      sweeping = true;
      fx.timer(SWEEP_NANOS, new Sweep());
    }
  }

  void sweep(Effects fx) {
    sweeping = false;
    for (Correspondent c : senders.values()) {
      ids -= c.expire(fx.now());
    }
    senders.values().removeIf(Correspondent::idle);
    if (!senders.isEmpty()) {
      sweepLater(fx);
    }
  }

  /**
   * Whoever has most gives up its oldest first: a flood pushes out its own. Many at once, so that
   * it is rare.
   */
  private void makeRoom() {
    List<Correspondent> bySize = new ArrayList<>(senders.values());
    bySize.sort(Comparator.comparingInt(Correspondent::size).reversed());
    int freed = 0;
    for (Correspondent c : bySize) {
      freed += c.forget(MAX_IDS / 16 - freed);
      if (freed >= MAX_IDS / 16) {
        break;
      }
    }
    ids -= freed;
  }

  /** Ids remembered; for tests of the limits. */
  int remembered() {
    return ids;
  }
}
