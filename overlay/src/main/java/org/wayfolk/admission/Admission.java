package org.wayfolk.admission;

import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerBudgets;
import org.wayfolk.protocol.Defence;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Arrived;
import org.wayfolk.routing.Envelope;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;

/**
 * The gates, in order. Owned by the loop.
 *
 * <ol>
 *   <li>{@link #admit}, each frame of a proven link: size, the link's budgets of frames and bytes.
 *   <li>{@link Arrived}, each envelope that ends here: form and address, kind, freshness, the
 *       origin's work, its budget and the replay window (both only read), room in its link's line.
 *   <li>On a worker: whether the application wants this sender, then the Ed25519 signature.
 *   <li>Only then budget and window are written, and {@link org.wayfolk.protocol.Input.Verified} is
 *       emitted.
 * </ol>
 */
public final class Admission implements Protocol {
  /**
   * How far {@code sent} may be from our clock, either way: what honest clocks without NTP differ
   * by.
   */
  public static final long FRESH_MILLIS = 15 * 60_000L;

  /** Largest link-local frame: an answer of 16 KiB with room for its path. */
  static final int MAX_CONTROL = 20 * 1024;

  /**
   * Signatures under way at once: keeps every worker busy, and what others ask of the workers waits
   * little.
   */
  static final int MAX_IN_FLIGHT = 64;

  /**
   * Origins whose budgets are remembered; each entry costs its owner a mined id and a signature.
   */
  private static final int MAX_ORIGINS = 8_192;

  /** Envelopes of one origin at once, receipts and answers included. */
  static final long ORIGIN_BURST = 1_024;

  /** Envelopes a second of one origin: a twentieth of one core of signatures. */
  static final long ORIGIN_RATE = 512;

  /** How soon to try again when the workers had no room and nothing of ours is under way. */
  private static final long RETRY_NANOS = 10_000_000L;

  /** How often stale entries of the replay window are swept. */
  private static final long SWEEP_NANOS = 60_000_000_000L;

  private final NodeId self;
  private final Crypto crypto;
  private final int difficulty;
  private final Predicate<NodeId> admitSenders;
  private final boolean chargeTheProven;
  private final boolean transitIsFree;
  private final IdentityHashMap<Link, LinkBudget> links = new IdentityHashMap<>();
  private final PeerBudgets origins = new PeerBudgets(MAX_ORIGINS, ORIGIN_BURST, ORIGIN_RATE);
  private final ReplayWindow replays = new ReplayWindow();
  private final VerifyQueue<Waiting> queue = new VerifyQueue<>();
  private final Envelope view = new Envelope();
  private int inFlight;
  private long horizon = Long.MIN_VALUE;
  private boolean retrying;
  private Timers.@Nullable Handle sweep;

  /** An envelope that has passed the cheap gates. */
  private record Waiting(
      Link from,
      int type,
      int kind,
      byte[] envelope,
      int payloadAt,
      int payloadLength,
      NodeId origin,
      long sentMillis,
      ReplayWindow.Key key,
      int hops)
      implements VerifyQueue.Item {
    @Override
    public int bytes() {
      return envelope.length;
    }
  }

  private enum Verdict {
    GOOD,
    UNWANTED,
    FORGED
  }

  private record Judged(Waiting what, Verdict verdict) implements Input.Worked {}

  private enum Due implements Input.Timer {
    RETRY,
    SWEEP
  }

  /**
   * The gates of one node.
   *
   * @param admitSenders whether messages and key asks of this origin are wanted at all; who is not
   *     gets no answer of any kind, so that nobody learns whether we are there. Called on workers;
   *     must be quick and may be called at once by several threads. One that throws refuses.
   */
  public Admission(NodeId self, Crypto crypto, Network network, Predicate<NodeId> admitSenders) {
    this(self, crypto, network, admitSenders, Set.of());
  }

  /**
   * The same with defences off, for proofs.
   *
   * @param without of which {@link Defence#CHARGE_THE_PROVEN} and {@link Defence#TRANSIT_IS_FREE}
   *     are ours
   */
  public Admission(
      NodeId self,
      Crypto crypto,
      Network network,
      Predicate<NodeId> admitSenders,
      Set<Defence> without) {
    this.chargeTheProven = !without.contains(Defence.CHARGE_THE_PROVEN);
    this.transitIsFree = !without.contains(Defence.TRANSIT_IS_FREE);
    this.self = self;
    this.crypto = crypto;
    this.difficulty = network.difficulty();
    this.admitSenders = admitSenders;
  }

  /**
   * Judges one frame of a proven link. False: it is counted, and the caller drops it. Allocates
   * nothing.
   */
  public boolean admit(Frame frame, Effects fx) {
    Link link = frame.link();
    LinkBudget budget = links.get(link);
    if (budget == null) {
      fx.count(Tally.FRAME_BEFORE_HELLO);
      return false;
    }
    boolean transit = LinkBudget.transit(frame.type());
    if (!transit && frame.payloadLength() > MAX_CONTROL) {
      fx.count(Tally.CONTROL_TOO_LARGE);
      return refuseControl(link, budget, fx);
    }
    if (budget.pay(transit, frame.packet().length(), fx.now())) {
      return true;
    }
    if (transit) {
      fx.count(Tally.TRANSIT_OVER_BUDGET);
      return false;
    }
    fx.count(Tally.CONTROL_OVER_BUDGET);
    return refuseControl(link, budget, fx);
  }

  private static boolean refuseControl(Link link, LinkBudget budget, Effects fx) {
    if (!budget.forgive(fx.now())) {
      fx.count(Tally.LINK_OVERRUN);
      fx.close(link, CloseReason.MALFORMED);
    }
    return false;
  }

  @Override
  public void on(Input in, Effects fx) {
    switch (in) {
      case Input.LinkUp up -> links.computeIfAbsent(up.link(), l -> new LinkBudget(fx.now()));
      case Input.LinkDown down -> {
        links.remove(down.link());
        fx.count(Tally.VERIFY_DROPPED, queue.drop(down.link()));
      }
      case Arrived arrived -> arrived(arrived, fx);
      case Judged judged -> {
        inFlight--;
        judged(judged.what, judged.verdict, fx);
        pump(fx);
      }
      case Input.WorkFailed failed -> {
        inFlight--;
        pump(fx);
      }
      case Due due -> due(due, fx);
      default -> {}
    }
  }

  private void due(Due due, Effects fx) {
    switch (due) {
      case RETRY -> {
        retrying = false;
        pump(fx);
      }
      case SWEEP -> {
        sweep = null;
        replays.expire(fx.networkMillis());
        if (replays.size() > 0) {
          sweepLater(fx);
        }
      }
    }
  }

  private void arrived(Arrived in, Effects fx) {
    Tally refusal = gate(in, fx);
    if (refusal != null) {
      fx.count(refusal);
    } else {
      pump(fx);
    }
  }

  /** The cheap gates; puts what passes into the line of its link. Answers why not, or null. */
  private @Nullable Tally gate(Arrived in, Effects fx) {
    byte[] bytes = in.envelope();
    int kind;
    try {
      view.over(bytes, 0, bytes.length);
      if (in.type() != FrameType.ROUTE) {
        return Tally.ENVELOPE_FOREIGN;
      }
      kind = PayloadKind.read(new Reader(bytes, view.payloadAt(), view.payloadLength()));
    } catch (Malformed e) {
      return Tally.ENVELOPE_MALFORMED;
    }
    if (!view.isFor(self)) {
      return Tally.ENVELOPE_MISADDRESSED;
    }
    if (!PayloadKind.known(kind)) {
      return Tally.PAYLOAD_UNKNOWN;
    }
    // Both sides are milliseconds of a sane range: sent was divided by a million, so the difference
    // does not overflow.
    long sent = view.sentMillis();
    if (stale(sent, fx.networkMillis())) {
      return Tally.ENVELOPE_STALE;
    }
    NodeId origin = PublicIdentity.idOf(bytes, view.keyAt());
    if (origin.leadingZeros() < difficulty) {
      return Tally.ORIGIN_LACKS_WORK;
    }
    // What we send to ourselves never leaves us.
    if (origin.equals(self)) {
      return Tally.ORIGIN_IS_SELF;
    }
    if (chargeTheProven ? !origins.has(origin, fx.now()) : !origins.take(origin, fx.now())) {
      return Tally.ORIGIN_OVER_BUDGET;
    }
    ReplayWindow.Key key = nameOf(view);
    if (replays.seen(key, origin, sent)) {
      return Tally.ENVELOPE_REPLAYED;
    }
    Waiting waiting =
        new Waiting(
            in.from(),
            in.type(),
            kind,
            bytes,
            view.payloadAt(),
            view.payloadLength(),
            origin,
            sent,
            key,
            in.hops());
    return queue.add(waiting) ? null : Tally.VERIFY_FULL;
  }

  /**
   * Both are ms since the epoch. Our clock may go back by some minutes when it is corrected: what
   * the replay window has forgotten stays stale then. One that was set back by more begins anew.
   */
  private boolean stale(long sent, long now) {
    long oldest = now - FRESH_MILLIS;
    horizon = horizon > now ? oldest : Math.max(horizon, oldest);
    return sent < horizon || sent > now + FRESH_MILLIS;
  }

  private ReplayWindow.Key nameOf(Envelope e) {
    byte[] hash = crypto.sha256(e.key(), e.signature());
    NodeId words = NodeId.of(hash);
    return new ReplayWindow.Key(words.a(), words.b());
  }

  private void pump(Effects fx) {
    while (inFlight < MAX_IN_FLIGHT) {
      Waiting next = queue.peek();
      if (next == null) {
        return;
      }
      if (!fx.work(() -> judge(next))) {
        retryLater(fx);
        return;
      }
      queue.poll();
      inFlight++;
    }
  }

  private void retryLater(Effects fx) {
    if (inFlight == 0 && !retrying) {
      retrying = true;
      fx.timer(RETRY_NANOS, Due.RETRY);
    }
  }

  /** On a worker. */
  private Judged judge(Waiting w) {
    if (unsolicited(w.kind) && !wanted(w.origin)) {
      return new Judged(w, Verdict.UNWANTED);
    }
    boolean good =
        PublicIdentity.verifyEnvelope(crypto, w.type, w.envelope, 0, w.payloadAt, w.payloadLength);
    return new Judged(w, good ? Verdict.GOOD : Verdict.FORGED);
  }

  /** Answers belong to something this node asked, and the room that asked knows whom. */
  private static boolean unsolicited(int kind) {
    return kind == PayloadKind.MESSAGE
        || kind == PayloadKind.KEY_ASK
        || kind == PayloadKind.TRACE_ASK;
  }

  private boolean wanted(NodeId origin) {
    try {
      return admitSenders.test(origin);
    } catch (RuntimeException e) {
      return false; // the application's code: its failure opens no door
    }
  }

  private void judged(Waiting w, Verdict verdict, Effects fx) {
    switch (verdict) {
      case UNWANTED -> fx.count(Tally.SENDER_UNWANTED);
      case FORGED -> {
        fx.count(Tally.SIGNATURE_BAD);
        if (!transitIsFree) {
          fx.close(w.from, CloseReason.MALFORMED);
        }
      }
      case GOOD -> {
        // Only now may anything be written down against the origin's name.
        if (!replays.note(w.key, w.origin, w.sentMillis, w.from.peer(), fx.networkMillis())) {
          fx.count(Tally.ENVELOPE_REPLAYED);
        } else if (chargeTheProven && !origins.take(w.origin, fx.now())) {
          fx.count(Tally.ORIGIN_OVER_BUDGET);
        } else {
          fx.count(Tally.ENVELOPES_VERIFIED);
          fx.emit(verified(w));
        }
        sweepLater(fx);
      }
    }
  }

  private static Input.Verified verified(Waiting w) {
    byte[] key = new byte[Envelope.KEY_BYTES];
    System.arraycopy(w.envelope, Envelope.KEY_AT, key, 0, key.length);
    byte[] body = new byte[w.payloadLength - PayloadKind.PREFIX_BYTES];
    System.arraycopy(w.envelope, w.payloadAt + PayloadKind.PREFIX_BYTES, body, 0, body.length);
    return new Input.Verified(w.origin, key, w.sentMillis, w.kind, body, w.hops, w.from);
  }

  private void sweepLater(Effects fx) {
    if (sweep == null) {
      sweep = fx.timer(SWEEP_NANOS, Due.SWEEP);
    }
  }
}
