package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Malformed;

/**
 * One QUIC connection from its first packet to its last: handshake, one stream of records, close.
 * Confined to the loop.
 *
 * <pre>
 *   HANDSHAKE --established--> OPEN --link.close--> CLOSING --control drained or 1 s--> LINGERING --> GONE
 *        |                      |  \--peer closed, error, stall, idle--> LINGERING or GONE
 *        \--failed, 10 s--> LINGERING or GONE
 * </pre>
 *
 * A lingering connection has left every count and every event behind; it only repeats its close
 * packet to a peer that has not seen it (RFC 9000 10.2.1).
 */
final class Connection extends TimerWheel.Entry implements QuicheBridge.PeerCheck, Records.Sink {
  /** The one stream: the first bidirectional one, opened by the dialler. */
  private static final long STREAM = 0;

  /** A handshake that takes longer is a peer that is not there; also promised by Transport.dial. */
  static final long HANDSHAKE_NANOS = 10_000_000_000L;

  /** What control frames get to leave before a close. */
  private static final long CLOSE_NANOS = 1_000_000_000L;

  /**
   * Packets may leave so much ahead of quiche's pacing: less than a timer can tell, and enough for
   * a batch.
   */
  private static final long PACING_SLACK_NANOS = 500_000L;

  /** A send time further away is of another clock than ours. */
  private static final long MAX_PACING_NANOS = 1_000_000_000L;

  /**
   * Stream bytes read in one turn, in units of the loop's buffer: a sender never starves the
   * others.
   */
  private static final int READS_PER_TURN = 4;

  /** How often the round trip is published while packets come: reading it costs some objects. */
  private static final long ROUND_TRIP_NANOS = 500_000_000L;

  private enum State {
    HANDSHAKE,
    OPEN,
    CLOSING,
    LINGERING,
    GONE
  }

  private final QuicLoop loop;
  private final QuicheBridge.Engine engine;
  private final boolean dialled;
  private final long dialToken;
  private final @Nullable NodeId wanted;
  private final int payload;
  private final boolean paced;
  private final Records records;
  private final Address dialledAddress;
  private State state = State.HANDSHAKE;
  private Path path;
  private @Nullable Path gateHost;
  private boolean proven;
  private long[] ids = new long[0];
  private Credentials.@Nullable Leaf leaf;
  private @Nullable QuicLink link;
  private @Nullable DialFailure failure;
  private boolean broken;
  private boolean heard;
  private boolean readable;
  private boolean streamOpen;
  private boolean dirty;
  private long giveUpAt;
  private long stalledAt;
  private long unansweredAt;
  private long paceUntil;
  private long roundTripAt;

  Connection(
      QuicLoop loop, QuicheBridge.Engine engine, Path path, int payload, Dial dial, long now) {
    this.loop = loop;
    this.engine = engine;
    this.path = path;
    this.payload = payload;
    this.paced = loop.paced() && !path.loopback();
    this.dialled = dial.token() != 0;
    this.dialToken = dial.token();
    this.wanted = dial.wanted();
    this.dialledAddress = dial.to();
    this.records = new Records(loop.pool());
    this.streamOpen = dialled;
    this.paceUntil = now;
    this.giveUpAt = now + (dialled ? HANDSHAKE_NANOS : loop.limits().firstFrameNanos());
  }

  /**
   * What was asked for.
   *
   * @param token the caller's, 0 for a connection that was accepted
   * @param to where
   * @param wanted whom, or null for anyone
   */
  record Dial(long token, Address to, @Nullable NodeId wanted) {}

  QuicLoop loop() {
    return loop;
  }

  boolean dialled() {
    return dialled;
  }

  long dialToken() {
    return dialToken;
  }

  Path path() {
    return path;
  }

  boolean gone() {
    return state == State.GONE;
  }

  /** Whether it counts as a link or a dial. */
  boolean counted() {
    return state.compareTo(State.LINGERING) < 0;
  }

  /** Marks it for a turn; false if it is marked already. */
  boolean mark() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** Notes the gate's count that this accepted connection must give back. */
  void admitted(Path host) {
    gateHost = host;
  }

  /** Notes an id that leads here. */
  void knownBy(long id) {
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = id;
  }

  /** The peer has retired an id. */
  void unknownBy(long id) {
    ids = Arrays.stream(ids).filter(known -> known != id).toArray();
  }

  // ---- input

  /** A datagram for one of our ids. */
  void received(long at, int length, long hi, long lo, int port, long now) {
    boolean foreign = !path.is(hi, lo, port) && counted() && state != State.HANDSHAKE;
    long before = foreign ? engine.packetsReceived() : 0;
    int result = engine.receive(at, length);
    if (foreign) {
      // Only a packet that quiche could decrypt and had not seen before proves that the peer is
      // there.
      if (engine.packetsReceived() == before) {
        loop.counters().count(Counter.DROP_FOREIGN);
        return;
      }
      move(new Path(hi, lo, port));
    }
    heard = true;
    readable = true;
    unansweredAt = 0;
    if (result < 0 && result != QuicheBridge.DONE) {
      broken = true;
    }
    if (state == State.HANDSHAKE) {
      // The peer's next packet may already use keys that only our answer unlocks: so the callbacks
      // run and the answer
      // leaves before that packet is read (else it is lost and repeated a timeout later).
      if (engine.handshakeTasks(this)) {
        flush(now);
      }
      establish(now);
    }
  }

  private void move(Path to) {
    path = to;
    loop.counters().count(Counter.ADDRESSES_MOVED);
    QuicLink l = link;
    if (l != null) {
      l.remote(to.address());
    }
  }

  @Override
  public boolean accept(byte[] leafDer) {
    try {
      Credentials.Leaf found = loop.credentials().check(leafDer);
      if (wanted != null && !wanted.equals(found.id())) {
        failure = DialFailure.WRONG_KEY;
        loop.counters().count(Counter.REFUSED_KEY);
        return false;
      }
      leaf = found;
      return true;
    } catch (Malformed e) {
      loop.counters().count(Counter.REFUSED_CERTIFICATE);
    } catch (RuntimeException e) {
      loop.bug("checking a certificate", e);
    }
    failure = DialFailure.INCOMPATIBLE;
    return false;
  }

  private void establish(long now) {
    if (state != State.HANDSHAKE || !engine.established()) {
      return;
    }
    Credentials.Leaf peer = leaf;
    String alpn = engine.alpn();
    if (peer == null || alpn == null || engine.resumed()) {
      // No certificate was judged in this very handshake: whatever TLS believes, we know nobody
      // here.
      loop.counters().count(Counter.REFUSED_CERTIFICATE);
      failure = DialFailure.INCOMPATIBLE;
      end(CloseReason.REFUSED, now);
      return;
    }
    state = State.OPEN;
    if (dialled) {
      giveUpAt = Long.MAX_VALUE;
    }
    QuicLink l = new QuicLink(loop.nextSerial(), this, peer, alpn);
    link = l;
    roundTripAt = now;
    l.roundTripNanos(engine.roundTripNanos());
    loop.spareIds(this, engine);
    loop.counters().count(dialled ? Counter.LINKS_DIALLED : Counter.LINKS_ACCEPTED);
    if (dialled && alpn.equals(QuicTransport.ALPN)) {
      // A stream exists for the acceptor once it has seen a byte of it; with this one it may speak
      // first.
      l.outbox().open();
    }
    loop.events().opened(l);
  }

  @Override
  public boolean record(Packet packet) {
    QuicLink l = link;
    if (l == null || state != State.OPEN) {
      packet.release();
      return l != null;
    }
    if (packet.length() == 0 && l.alpn().equals(QuicTransport.ALPN)) {
      packet.release();
      loop.counters().count(Counter.EMPTY_IN);
      return true;
    }
    if (!proven && gateHost != null) {
      proven = true;
      giveUpAt = Long.MAX_VALUE;
      loop.gate().proven(gateHost);
    }
    loop.counters().count(Counter.FRAMES_IN);
    if (!loop.events().received(l, packet)) {
      packet.release();
      loop.counters().count(Counter.INBOX_FULL);
    }
    return true;
  }

  // ---- a turn of the loop

  /**
   * Reads, writes and sends what there is, within bounds; answers whether it wants another turn at
   * once.
   */
  boolean turn(long now) {
    dirty = false;
    if (state == State.GONE) {
      return false;
    }
    boolean more = state != State.LINGERING && read(now);
    if (heard && counted()) {
      heard = false;
      peerClosed();
      publish(now);
    }
    if (broken && counted()) {
      failed(now);
    }
    if (state == State.OPEN || state == State.CLOSING) {
      write(now);
      closeOnRequest(now);
    }
    if (state == State.GONE) {
      return false;
    }
    more |= flush(now);
    if (engine.closed()) {
      ended();
      return false;
    }
    schedule(now);
    return more;
  }

  private boolean read(long now) {
    if (state == State.HANDSHAKE || !readable) {
      return false;
    }
    for (int i = 0; i < READS_PER_TURN; i++) {
      int n = engine.streamReceive(STREAM, loop.readBuffer(), QuicLoop.READ_BYTES);
      if (n < 0) {
        readable = false;
        if (streamOpen && QuicheBridge.reset(n)) {
          end(CloseReason.NORMAL, now);
        }
        return false;
      }
      streamOpen = true;
      if (!records.take(loop.readBuffer(), n, this)) {
        loop.counters().count(Counter.CLOSED_MALFORMED);
        end(CloseReason.MALFORMED, now);
        return false;
      }
      if (engine.finished()) {
        end(CloseReason.NORMAL, now);
        return false;
      }
    }
    return true;
  }

  private void write(long now) {
    QuicLink l = link;
    if (l == null || !streamOpen) {
      return;
    }
    Outbox outbox = l.outbox();
    for (int n = outbox.peek(); n > 0; n = outbox.peek()) {
      int taken = engine.streamSend(STREAM, outbox.at(), n);
      if (taken <= 0) {
        if (taken != QuicheBridge.DONE && taken != 0) {
          end(CloseReason.NORMAL, now);
        } else if (stalledAt == 0) {
          stalledAt = now;
        }
        return;
      }
      loop.counters().add(Counter.FRAMES_OUT, outbox.sent(taken));
      stalledAt = 0;
      if (unansweredAt == 0) {
        unansweredAt = now;
      }
      if (taken < n) {
        stalledAt = now;
        return;
      }
    }
    stalledAt = 0;
  }

  private void closeOnRequest(long now) {
    QuicLink l = link;
    CloseReason why = l == null ? null : l.closing();
    if (l == null || why == null || !counted()) {
      return;
    }
    if (state == State.OPEN) {
      state = State.CLOSING;
      giveUpAt = now + CLOSE_NANOS;
    }
    if (l.outbox().queued(TrafficClass.CONTROL) == 0 || !streamOpen || giveUpAt - now <= 0) {
      // What quiche has taken leaves before the packet that closes.
      flush(now);
      loop.counters().count(Counter.CLOSED_BY_US);
      end(why, now);
    }
  }

  /** Sends up to one batch; answers whether there is more to send now. */
  private boolean flush(long now) {
    Batches out = loop.batches();
    if (out.blocked()) {
      return true;
    }
    if (paced && paceUntil - now > PACING_SLACK_NANOS) {
      return false;
    }
    int room = out.room(payload);
    long base = out.buffer();
    long at = base;
    int segment = 0;
    boolean more = true;
    while (at + payload - out.buffer() <= room) {
      int n = engine.send(at, payload);
      if (n < 0 && n != QuicheBridge.DONE && !broken) {
        // TLS has refused the peer; the next packet tells it.
        broken = true;
        continue;
      }
      if (n <= 0) {
        more = (state == State.HANDSHAKE && engine.handshakeTasks(this)) || (broken && counted());
        break;
      }
      if (segment == 0) {
        segment = n;
      } else if (n > segment) {
        // Only the last packet of a segmented send may differ, and only by being shorter.
        out.send(base, (int) (at - base), segment, path);
        base = at;
        segment = n;
      }
      at += n;
      if (paced && tooEarly(now)) {
        more = false;
        break;
      }
      if (n < segment) {
        break;
      }
    }
    if (at > base) {
      out.send(base, (int) (at - base), segment, path);
    }
    establish(now);
    return more;
  }

  private boolean tooEarly(long now) {
    long due = engine.sendAtNanos();
    if (due - now <= PACING_SLACK_NANOS || due - now > MAX_PACING_NANOS) {
      return false;
    }
    paceUntil = due;
    return true;
  }

  private void publish(long now) {
    QuicLink l = link;
    if (l != null && now - roundTripAt > ROUND_TRIP_NANOS) {
      roundTripAt = now;
      l.roundTripNanos(engine.roundTripNanos());
      loop.retireIds(this, engine);
      loop.spareIds(this, engine);
    }
  }

  // ---- time

  /** The deadline that was set has come. */
  void expired(long now) {
    if (state == State.GONE) {
      return;
    }
    long due = engine.timeoutNanos();
    if (due == 0) {
      engine.expire();
    }
    if (counted()) {
      giveUp(now);
    }
  }

  private void giveUp(long now) {
    if (giveUpAt != Long.MAX_VALUE && giveUpAt - now <= 0) {
      if (dialled && state == State.HANDSHAKE) {
        failure = DialFailure.UNREACHABLE;
      } else if (state != State.CLOSING) {
        loop.counters().count(Counter.CLOSED_FIRST_FRAME);
      }
      if (state != State.CLOSING) {
        end(CloseReason.TIMEOUT, now);
      }
    } else if (overdue(stalledAt, now) || overdue(unansweredAt, now)) {
      loop.counters().count(Counter.CLOSED_STALLED);
      end(CloseReason.TIMEOUT, now);
    }
  }

  private static boolean overdue(long since, long now) {
    return since != 0 && now - since >= OutboxLimits.STALL_NANOS;
  }

  private void schedule(long now) {
    long wait = engine.timeoutNanos();
    if (wait < 0) {
      wait = Long.MAX_VALUE / 2;
    }
    if (counted()) {
      if (giveUpAt != Long.MAX_VALUE) {
        wait = Math.min(wait, giveUpAt - now);
      }
      if (stalledAt != 0) {
        wait = Math.min(wait, stalledAt + OutboxLimits.STALL_NANOS - now);
      }
      if (unansweredAt != 0) {
        wait = Math.min(wait, unansweredAt + OutboxLimits.STALL_NANOS - now);
      }
    }
    if (paced && paceUntil - now > PACING_SLACK_NANOS) {
      wait = Math.min(wait, paceUntil - now - PACING_SLACK_NANOS);
    }
    loop.wheel().set(this, now + Math.max(0, wait));
  }

  // ---- the end

  private void peerClosed() {
    QuicheBridge.PeerError error = engine.peerError();
    if (error == null) {
      return;
    }
    loop.counters().count(Counter.CLOSED_BY_PEER);
    if (failure == null) {
      failure = Ends.dialFailure(error);
    }
    leave(Ends.reason(error));
    free();
  }

  /** quiche has closed it because of what the peer sent, or because our check said no. */
  private void failed(long now) {
    if (failure == null) {
      failure = DialFailure.INCOMPATIBLE;
    }
    if (state != State.HANDSHAKE) {
      loop.counters().count(Counter.CLOSED_MALFORMED);
    }
    flush(now);
    leave(CloseReason.MALFORMED);
    linger();
  }

  /** quiche has ended it: idle, or done with lingering. */
  private void ended() {
    if (counted()) {
      if (engine.timedOut()) {
        loop.counters().count(Counter.CLOSED_IDLE);
      }
      if (failure == null) {
        failure = DialFailure.UNREACHABLE;
      }
      leave(CloseReason.TIMEOUT);
    }
    free();
  }

  /** We end it. */
  void end(CloseReason why, long now) {
    if (!counted()) {
      return;
    }
    engine.close(true, why.code());
    flush(now);
    leave(why);
    linger();
  }

  /** Leaves every count and tells the node. */
  private void leave(CloseReason why) {
    boolean handshake = state == State.HANDSHAKE;
    state = State.LINGERING;
    records.close();
    Path host = gateHost;
    if (host != null) {
      loop.gate().acceptedGone(host, proven);
    } else {
      loop.gate().dialGone();
    }
    QuicLink l = link;
    if (l != null) {
      l.outbox().close();
      loop.events().closed(l, why);
    } else if (dialled) {
      loop.counters().count(Counter.DIALS_FAILED);
      DialFailure f = failure;
      loop.events().dialFailed(dialToken, dialledAddress, f == null ? DialFailure.REFUSED : f);
    } else if (handshake) {
      loop.counters().count(Counter.HANDSHAKES_FAILED);
    }
  }

  private void linger() {
    if (!loop.mayLinger()) {
      free();
    }
  }

  /** Our own mistake while handling it: it goes, the others stay. */
  void abort(long now) {
    try {
      end(CloseReason.INTERNAL, now);
    } finally {
      free();
    }
  }

  /** Frees the native half; nothing of it is touched afterwards. */
  void free() {
    if (state == State.GONE) {
      return;
    }
    state = State.GONE;
    loop.forget(this, ids);
    engine.free();
  }
}
