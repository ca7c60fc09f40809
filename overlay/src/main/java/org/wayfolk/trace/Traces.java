package org.wayfolk.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wayfolk.admission.Admission;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.routing.Copies;
import org.wayfolk.routing.Envelope;
import org.wayfolk.routing.Expired;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;

/**
 * Asks along a way and answers such asks. Owned by the loop.
 *
 * <p>An ask is an ordinary routed frame whose ttl ends early. Who finds it ended ({@link Expired})
 * checks whose it is before it answers: else a forged ask would make us write to whomever it names.
 */
public final class Traces implements Protocol {
  /** Traces of ours under way: a user looks at one or two. */
  static final int MAX_RUNS = 8;

  /** Answers at once, and one a second after that: a trace asks each node once. */
  static final int ANSWER_BURST = 2;

  /** How long one ask waits for its line: more than any way takes. */
  static final long PATIENCE_NANOS = 1_500_000_000L;

  /** Asks of one hop: the first may be lost, or find its node just asked by another. */
  static final int TRIES = 2;

  /** Hops in a row without an answer after which the rest would be silent, too. */
  static final int MAX_SILENT = 3;

  /** Command: trace the way to a node. */
  public record Begin(NodeId target, Consumer<TraceHop> line, Consumer<End> end)
      implements Input.Command {}

  /** What came of a trace. */
  public enum End {
    /** The target answered. */
    REACHED,
    /** It did not, nor did the last hops. */
    SILENT,
    /** No link to begin with, or too many traces at once. */
    NO_ROUTE
  }

  private record Late(long run, int hop, int attempt) implements Input.Timer {}

  private record Asked(long run, byte[] frame) implements Input.Worked {}

  private record Answered(NodeId to, byte @Nullable [] frame) implements Input.Worked {}

  private record Opened(long run, int hop, NodeId from, TracePayload.@Nullable Line line)
      implements Input.Worked {}

  /** One trace of ours. */
  private static final class Run {
    private final NodeId target;
    private final Consumer<TraceHop> line;
    private final Consumer<End> end;
    private final SealingKeyPair key;
    private TracePayload.Nonce nonce = new TracePayload.Nonce(0, 0);
    private int hop;
    private int attempt;
    private int silent;
    private long sentAt;
    private long tookNanos;
    private boolean opening;

    Run(Begin b, SealingKeyPair key) {
      target = b.target;
      line = b.line;
      end = b.end;
      this.key = key;
    }
  }

  private final Identity me;
  private final Crypto crypto;
  private final Network network;
  private final byte[] networkId;
  private final byte[] myKey;
  private final Originator out;
  private final boolean answers;
  private final Predicate<NodeId> hidden;
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private final TokenBucket budget = new TokenBucket(ANSWER_BURST, 1, 0);
  private long serials;

  /**
   * The room of one node.
   *
   * @param answers whether this node answers asks of others
   * @param hidden links to whom are nobody's business; asked on the loop
   */
  public Traces(
      Identity me, Network network, Originator out, boolean answers, Predicate<NodeId> hidden) {
    this.me = me;
    this.crypto = me.crypto();
    this.network = network;
    this.networkId = network.id();
    this.myKey = me.publicIdentity().key();
    this.out = out;
    this.answers = answers;
    this.hidden = hidden;
  }

  @Override
  public void on(Input in, Effects fx) {
    switch (in) {
      case Begin b -> begin(b, fx);
      case Expired e -> expired(e, fx);
      case Input.Verified v when v.kind() == PayloadKind.TRACE_ASK -> arrived(v, fx);
      case Input.Verified v when v.kind() == PayloadKind.TRACE_LINE -> line(v, fx);
      case Asked a -> asked(a, fx);
      case Answered a -> answered(a, fx);
      case Opened o -> opened(o, fx);
      case Late l -> late(l, fx);
      default -> {}
    }
  }

  // Answering.

  /** An ask for somebody else ended here: its signature is not checked yet. */
  private void expired(Expired e, Effects fx) {
    if (!mayAnswer(fx)) {
      return;
    }
    byte[] bytes = e.envelope();
    Envelope view = new Envelope();
    TracePayload.Ask ask;
    try {
      view.over(bytes, 0, bytes.length);
      int at = view.payloadAt() + PayloadKind.PREFIX_BYTES;
      int length = view.payloadLength() - PayloadKind.PREFIX_BYTES;
      ask = TracePayload.readAsk(new Reader(bytes, at, length).copy(length));
    } catch (Malformed x) {
      fx.count(Tally.TRACE_MALFORMED);
      return;
    }
    NodeId asker = PublicIdentity.idOf(bytes, view.keyAt());
    boolean stale = Math.abs(fx.networkMillis() - view.sentMillis()) > Admission.FRESH_MILLIS;
    if (stale || asker.leadingZeros() < network.difficulty() || asker.equals(me.id())) {
      fx.count(Tally.TRACE_REFUSED);
      return;
    }
    if (betrays(e.from(), asker, fx)) {
      return;
    }
    NodeId next = e.next();
    boolean hide = next != null && hidden.test(next);
    TracePayload.Line line =
        new TracePayload.Line(false, hide ? null : next, hide, hide ? 0 : e.nextNanos());
    int payloadAt = view.payloadAt();
    int payloadLength = view.payloadLength();
    byte[] entropy = entropy(fx);
    long sent = fx.networkMillis();
    fx.work(() -> {
      boolean good =
          PublicIdentity.verifyEnvelope(
              crypto, FrameType.ROUTE, bytes, 0, payloadAt, payloadLength);
      return new Answered(asker, good ? answer(asker, ask, line, entropy, sent) : null);
    });
  }

  /** We are the target. */
  private void arrived(Input.Verified v, Effects fx) {
    if (betrays(v.from().peer(), v.origin(), fx) || !mayAnswer(fx)) {
      return;
    }
    try {
      TracePayload.Ask ask = TracePayload.readAsk(v.body());
      TracePayload.Line line = new TracePayload.Line(true, null, false, 0);
      byte[] entropy = entropy(fx);
      long sent = fx.networkMillis();
      NodeId asker = v.origin();
      fx.work(() -> new Answered(asker, answer(asker, ask, line, entropy, sent)));
    } catch (Malformed e) {
      fx.count(Tally.TRACE_MALFORMED);
    }
  }

  /**
   * Whether an answer would tell of a link to somebody whom our user knows: the one before us in
   * the way. It may know of its own link.
   */
  private boolean betrays(NodeId from, NodeId asker, Effects fx) {
    boolean secret = hidden.test(from) && !from.equals(asker);
    if (secret) {
      fx.count(Tally.TRACE_HIDDEN);
    }
    return secret;
  }

  private boolean mayAnswer(Effects fx) {
    if (!answers) {
      fx.count(Tally.TRACE_DECLINED);
      return false;
    }
    if (!budget.take(1, fx.now())) {
      fx.count(Tally.TRACE_OVER_BUDGET);
      return false;
    }
    return true;
  }

  private static byte[] entropy(Effects fx) {
    byte[] entropy = new byte[HpkeSuite.X25519.entropyBytes()];
    fx.random().nextBytes(entropy);
    return entropy;
  }

  /** On a worker; null if the asker's key is none. */
  private byte @Nullable [] answer(
      NodeId asker, TracePayload.Ask ask, TracePayload.Line line, byte[] entropy, long sentMillis) {
    byte[] info = TracePayload.info(networkId, ask.nonce(), me.id(), asker);
    try (HpkeContext context = HpkeSuite.X25519.sender(crypto, ask.key(), info, entropy)) {
      byte[] sealed = context.seal(new byte[0], line.encode());
      byte[] payload =
          TracePayload.line(new TracePayload.Sealed(ask.nonce(), context.enc(), sealed));
      return sign(asker, payload, sentMillis);
    } catch (Malformed e) {
      return null;
    }
  }

  private byte[] sign(NodeId to, byte[] payload, long sentMillis) {
    long nanos = sentMillis * 1_000_000L;
    return Envelope.sign(FrameType.ROUTE, to, myKey, nanos, payload, me::signEnvelope);
  }

  private void answered(Answered a, Effects fx) {
    byte[] frame = a.frame;
    if (frame == null) {
      fx.count(Tally.TRACE_REFUSED);
    } else {
      fx.count(Tally.TRACE_ANSWERED);
      out.originate(frame, a.to, out.direct(a.to) ? Copies.ONE_DIRECT : Copies.TWO, fx);
    }
  }

  // Asking.

  private void begin(Begin b, Effects fx) {
    if (runs.size() >= MAX_RUNS || b.target.equals(me.id())) {
      b.end.accept(End.NO_ROUTE);
      return;
    }
    byte[] seed = new byte[HpkeSuite.SEED_BYTES];
    fx.random().nextBytes(seed);
    Run run = new Run(b, HpkeSuite.X25519.keyPair(crypto, seed));
    runs.put(++serials, run);
    ask(serials, run, fx);
  }

  private void ask(long serial, Run run, Effects fx) {
    run.nonce = new TracePayload.Nonce(fx.random().nextLong(), fx.random().nextLong());
    run.attempt++;
    run.opening = false;
    byte[] payload = TracePayload.ask(run.nonce, run.key.publicKey());
    long sent = fx.networkMillis();
    int ttl = run.hop;
    NodeId target = run.target;
    fx.timer(PATIENCE_NANOS, new Late(serial, run.hop, run.attempt));
    fx.work(() -> {
      byte[] frame = sign(target, payload, sent);
      Envelope.endsAfter(frame, payload.length, ttl);
      return new Asked(serial, frame);
    });
  }

  private void asked(Asked a, Effects fx) {
    Run run = runs.get(a.run);
    if (run == null) {
      return;
    }
    run.sentAt = fx.now();
    if (out.originate(a.frame, run.target, Copies.ONE, fx) == 0) {
      end(a.run, run, End.NO_ROUTE);
    }
  }

  private void line(Input.Verified v, Effects fx) {
    TracePayload.Sealed sealed;
    try {
      sealed = TracePayload.readLine(v.body());
    } catch (Malformed e) {
      fx.count(Tally.TRACE_MALFORMED);
      return;
    }
    for (Map.Entry<Long, Run> e : runs.entrySet()) {
      Run run = e.getValue();
      if (run.nonce.equals(sealed.nonce()) && !run.opening) {
        run.opening = true;
        open(e.getKey(), run, v.origin(), sealed, fx);
        return;
      }
    }
    fx.count(Tally.TRACE_UNASKED);
  }

  private void open(long serial, Run run, NodeId from, TracePayload.Sealed sealed, Effects fx) {
    byte[] info = TracePayload.info(networkId, sealed.nonce(), from, me.id());
    SealingKeyPair key = run.key;
    int hop = run.hop;
    run.tookNanos = fx.now() - run.sentAt;
    fx.work(() -> {
      try (HpkeContext c = HpkeSuite.X25519.receiver(crypto, key, sealed.enc(), info)) {
        byte[] line = c.open(new byte[0], sealed.ciphertext());
        return new Opened(serial, hop, from, TracePayload.Line.decode(line));
      } catch (Malformed e) {
        return new Opened(serial, hop, from, null);
      }
    });
  }

  private void opened(Opened o, Effects fx) {
    Run run = runs.get(o.run);
    if (run == null || run.hop != o.hop || !run.opening) {
      return;
    }
    TracePayload.Line line = o.line;
    // Only the target may say that it is: whoever else does lies.
    if (line == null || line.target() != o.from.equals(run.target)) {
      fx.count(Tally.TRACE_MALFORMED);
      run.opening = false;
      return;
    }
    run.silent = 0;
    run.line.accept(
        new TraceHop(
            run.hop + 1,
            o.from,
            run.tookNanos,
            line.next(),
            line.hidden(),
            line.nextNanos(),
            line.target()));
    if (line.target()) {
      end(o.run, run, End.REACHED);
    } else {
      next(o.run, run, fx);
    }
  }

  private void late(Late l, Effects fx) {
    Run run = runs.get(l.run);
    if (run == null || run.hop != l.hop || run.attempt != l.attempt) {
      return;
    }
    if (run.attempt < TRIES) {
      ask(l.run, run, fx);
      return;
    }
    run.silent++;
    run.line.accept(TraceHop.silent(run.hop + 1));
    next(l.run, run, fx);
  }

  private void next(long serial, Run run, Effects fx) {
    run.hop++;
    run.attempt = 0;
    if (run.silent >= MAX_SILENT || run.hop >= Envelope.MAX_TTL) {
      end(serial, run, End.SILENT);
    } else {
      ask(serial, run, fx);
    }
  }

  private void end(long serial, Run run, End how) {
    runs.remove(serial);
    run.key.close();
    run.end.accept(how);
  }
}
