package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Malformed;

/**
 * One QUIC connection from its first packet to its last: handshake, a stream of records, close.
 * Confined to the loop.
 *
 * <pre>
 *   HANDSHAKE -- established --> OPEN -- link.close --> CLOSING -- control acknowledged, or 1 s +
 *       |                          |                                                         v
 *       +-- failed, 10 s --+       +-- peer closed, error, stall, idle -----------------> LINGERING --> GONE
 *                          +--------------------------------------------------------------^
 * </pre>
 *
 * A lingering connection has left every count and every event behind; it only repeats its close
 * packet to a peer that has not seen it (RFC 9000 10.2.1).
 */
final class Connection extends TimerWheel.Entry implements QuicheBridge.PeerCheck, Records.Sink {
  /** A handshake that takes longer is a peer that is not there; also promised by Transport.dial. */
  static final long HANDSHAKE_NANOS = 10_000_000_000L;

  /** What control frames get to leave and to be acknowledged before a close. */
  private static final long CLOSE_NANOS = 1_000_000_000L;

  /** Within a second after they were set, timers for repeats are nearer, and the idle timer not. */
  private static final long REPEATS_NANOS = 60_000_000_000L;

  /** How often the round trip is published while packets come: reading it costs some objects. */
  private static final long ROUND_TRIP_NANOS = 500_000_000L;

  /**
   * quiche may take longer than this to notice nothing; it is only the longest we wait before
   * looking.
   */
  private static final long NEVER_NANOS = 3_600_000_000_000L;

  private enum State {
    HANDSHAKE,
    OPEN,
    CLOSING,
    LINGERING,
    GONE
  }

  /**
   * What was asked for.
   *
   * @param token the caller's, 0 for a connection that was accepted
   * @param to where
   * @param wanted whom, or null for anyone
   */
  record Dial(long token, Address to, @Nullable NodeId wanted) {}

  private final QuicLoop loop;
  private final Counters counters;
  private final QuicheBridge.Engine engine;
  private final Dial dial;
  private final PeerAddress peer;
  private final PacketWriter packets;
  private final FrameStream stream;
  private State state = State.HANDSHAKE;
  private @Nullable Path gateHost;
  private boolean proven;
  private long[] ids = new long[0];
  private Credentials.@Nullable Leaf leaf;
  private @Nullable QuicLink link;
  private @Nullable DialFailure failure;
  private boolean broken;
  private boolean heard;
  private boolean dirty;
  private long giveUpAt;
  private long roundTripAt;

  Connection(QuicLoop loop, QuicheBridge.Engine engine, Path path, Dial dial, long now) {
    this.loop = loop;
    this.counters = loop.counters();
    this.engine = engine;
    this.dial = dial;
    peer = new PeerAddress(path);
    boolean paced = loop.paced() && !path.loopback();
    packets = new PacketWriter(loop.batches(), engine, peer, loop.payload(path), paced);
    stream = new FrameStream(engine, new Records(loop.pool()), counters, dialled());
    giveUpAt = now + (dialled() ? HANDSHAKE_NANOS : loop.limits().firstFrameNanos());
  }

  QuicLoop loop() {
    return loop;
  }

  boolean dialled() {
    return dial.token() != 0;
  }

  long dialToken() {
    return dial.token();
  }

  Path path() {
    return peer.path();
  }

  boolean gone() {
    return state == State.GONE;
  }

  /** Whether it counts as a link or a dial. */
  private boolean counted() {
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
    // In the handshake a packet proves nothing (its keys are public at first): the address stays.
    boolean watched = state == State.OPEN || state == State.CLOSING;
    boolean foreign = watched && !peer.is(hi, lo, port);
    watched &= foreign || peer.unproven();
    boolean early = state == State.HANDSHAKE && NativeMemory.u8(at) < 0x80;
    long before = watched || early ? engine.packetsReceived() : 0;
    int result = engine.receive(at, length);
    if (early && engine.packetsReceived() == before) {
      counters.count(Counter.DROP_EARLY);
    }
    if (watched) {
      // Only a packet that quiche could decrypt and had not seen before shows where the peer is.
      if (engine.packetsReceived() == before) {
        counters.count(Counter.DROP_FOREIGN);
        return;
      }
      if (foreign) {
        move(new Path(hi, lo, port), length);
      } else {
        peer.prove(length);
      }
    }
    heard = true;
    stream.heard();
    broken |= result < 0 && result != QuicheBridge.DONE;
    if (state == State.HANDSHAKE) {
      // The peer's next packet may already use keys that only our answer unlocks: so the callbacks
      // run and the answer
      // leaves before that packet is read. Else it is lost, and repeated a timeout later.
      if (engine.handshakeTasks(this)) {
        send(now);
      }
      establish(now);
    }
  }

  private void move(Path to, int length) {
    peer.move(to, length);
    counters.count(Counter.ADDRESSES_MOVED);
    QuicLink l = link;
    if (l != null) {
      l.remote(to.address());
    }
  }

  @Override
  public boolean accept(byte[] leafDer) {
    try {
      Credentials.Leaf found = loop.credentials().check(leafDer);
      NodeId wanted = dial.wanted();
      if (wanted != null && !wanted.equals(found.id())) {
        failure = DialFailure.WRONG_KEY;
        counters.count(Counter.REFUSED_KEY);
        return false;
      }
      leaf = found;
      return true;
    } catch (Malformed e) {
      counters.count(Counter.REFUSED_CERTIFICATE);
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
    Credentials.Leaf shown = leaf;
    String alpn = engine.alpn();
    if (shown == null || alpn == null || engine.resumed()) {
      // No certificate was judged in this very handshake: whatever TLS believes, we know nobody
      // here.
      counters.count(Counter.REFUSED_CERTIFICATE);
      failure = DialFailure.INCOMPATIBLE;
      end(CloseReason.REFUSED, now);
      return;
    }
    state = State.OPEN;
    if (dialled()) {
      giveUpAt = Long.MAX_VALUE;
    }
    QuicLink l = new QuicLink(loop.nextSerial(), this, shown, alpn);
    link = l;
    roundTripAt = now;
    l.roundTripNanos(engine.roundTripNanos());
    loop.directory().spareIds(this, engine);
    counters.count(dialled() ? Counter.LINKS_DIALLED : Counter.LINKS_ACCEPTED);
    if (dialled() && alpn.equals(QuicTransport.ALPN)) {
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
      counters.count(Counter.EMPTY_IN);
      return true;
    }
    if (!proven && gateHost != null) {
      proven = true;
      giveUpAt = Long.MAX_VALUE;
      loop.gate().proven(gateHost);
    }
    counters.count(Counter.FRAMES_IN);
    if (!loop.events().received(l, packet)) {
      packet.release();
      counters.count(Counter.INBOX_FULL);
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
    boolean more = read(now);
    if (heard && counted()) {
      heard = false;
      peerClosed();
      publish(now);
    }
    if (broken && counted()) {
      failed(now);
    }
    write(now);
    if (state == State.GONE) {
      return false;
    }
    more |= send(now);
    if (engine.closed()) {
      ended();
      return false;
    }
    schedule(now);
    return more;
  }

  private boolean read(long now) {
    if (state != State.OPEN && state != State.CLOSING) {
      return false;
    }
    FrameStream.Result result = stream.read(loop.readBuffer(), QuicLoop.READ_BYTES, this);
    switch (result) {
      case IDLE, MORE -> {}
      case ENDED -> end(CloseReason.NORMAL, now);
      case MALFORMED -> {
        counters.count(Counter.CLOSED_MALFORMED);
        end(CloseReason.MALFORMED, now);
      }
    }
    return result == FrameStream.Result.MORE;
  }

  private void write(long now) {
    QuicLink l = link;
    if (l == null || (state != State.OPEN && state != State.CLOSING)) {
      return;
    }
    boolean control = l.outbox().queued(TrafficClass.CONTROL) > 0;
    // Behind the control of a closing link nothing is worth sending any more.
    if ((state == State.OPEN || control)
        && stream.write(l.outbox(), now) == FrameStream.Result.ENDED) {
      end(CloseReason.NORMAL, now);
      return;
    }
    CloseReason why = l.closing();
    if (why == null) {
      return;
    }
    if (state == State.OPEN) {
      state = State.CLOSING;
      giveUpAt = now + CLOSE_NANOS;
    }
    boolean left = l.outbox().queued(TrafficClass.CONTROL) == 0 || !stream.open();
    if (left) {
      // What quiche has taken leaves before the packet that closes, after which it sends nothing
      // more. One batch need not be all: it ends with the first shorter packet, and where pacing
      // says so. And what left need not have arrived: a hole before it in the stream, even of one
      // byte, would keep it from being read.
      send(now);
      left = packets.drained() && (answered() || !stream.open());
    }
    if (left || giveUpAt - now <= 0) {
      counters.count(Counter.CLOSED_BY_US);
      end(why, now);
    }
  }

  /**
   * Whether the peer has acknowledged all that it must: then only the idle timer runs, which is far
   * away, and else one that repeats what may be lost.
   */
  private boolean answered() {
    long next = engine.timeoutNanos();
    return next < 0 || next > REPEATS_NANOS;
  }

  private boolean send(long now) {
    boolean more = packets.write(now);
    broken |= packets.broken();
    if (state == State.HANDSHAKE) {
      more |= packets.drained() && engine.handshakeTasks(this);
      establish(now);
    }
    return more || (broken && counted());
  }

  private void publish(long now) {
    QuicLink l = link;
    if (l != null && counted() && now - roundTripAt > ROUND_TRIP_NANOS) {
      roundTripAt = now;
      l.roundTripNanos(engine.roundTripNanos());
      loop.directory().retireIds(this, engine);
      loop.directory().spareIds(this, engine);
    }
  }

  // ---- time

  /** The deadline that was set has come. */
  void expired(long now) {
    if (state == State.GONE) {
      return;
    }
    if (engine.timeoutNanos() == 0) {
      engine.expire();
    }
    if (counted() && state != State.CLOSING && giveUpAt != Long.MAX_VALUE && giveUpAt - now <= 0) {
      if (dialled()) {
        failure = DialFailure.UNREACHABLE;
      } else {
        counters.count(Counter.CLOSED_FIRST_FRAME);
      }
      end(CloseReason.TIMEOUT, now);
    }
    long stalls = stream.stallsAt();
    if (counted() && stalls != Long.MAX_VALUE && stalls - now <= 0) {
      counters.count(Counter.CLOSED_STALLED);
      end(CloseReason.TIMEOUT, now);
    }
  }

  private void schedule(long now) {
    long wait = engine.timeoutNanos();
    wait = wait < 0 ? NEVER_NANOS : wait;
    long pause = packets.pause(now);
    if (pause > 0) {
      wait = Math.min(wait, pause);
    }
    if (counted()) {
      wait = Math.min(wait, until(giveUpAt, now));
      wait = Math.min(wait, until(stream.stallsAt(), now));
    }
    loop.wheel().set(this, now + wait);
  }

  private static long until(long at, long now) {
    return at == Long.MAX_VALUE ? NEVER_NANOS : Math.max(0, at - now);
  }

  // ---- the end

  private void peerClosed() {
    QuicheBridge.PeerError error = engine.peerError();
    if (error == null) {
      return;
    }
    counters.count(Counter.CLOSED_BY_PEER);
    if (failure == null) {
      failure = Ends.dialFailure(error);
    }
    // At once: quiche itself would keep it for three timeouts.
    leave(Ends.reason(error));
    free();
  }

  /** quiche has closed it because of what the peer sent, or because our check said no. */
  private void failed(long now) {
    if (failure == null) {
      failure = DialFailure.INCOMPATIBLE;
    }
    if (state != State.HANDSHAKE) {
      counters.count(Counter.CLOSED_MALFORMED);
    }
    packets.write(now);
    leave(CloseReason.MALFORMED);
    linger();
  }

  /** quiche has ended it: idle, or done with lingering. */
  private void ended() {
    if (counted()) {
      if (engine.timedOut()) {
        counters.count(Counter.CLOSED_IDLE);
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
    if (counted()) {
      engine.close(true, why.code());
      packets.write(now);
      leave(why);
      linger();
    }
  }

  /** Leaves every count and tells the node. */
  private void leave(CloseReason why) {
    boolean handshake = state == State.HANDSHAKE;
    state = State.LINGERING;
    stream.close();
    Path host = gateHost;
    if (host != null) {
      loop.gate().acceptedGone(host, proven);
    } else {
      loop.gate().dialGone();
    }
    if (handshake) {
      counters.count(dialled() ? Counter.DIALS_FAILED : Counter.HANDSHAKES_FAILED);
    }
    QuicLink l = link;
    DialFailure f = failure;
    if (l != null) {
      l.outbox().close();
      loop.events().closed(l, why);
    } else if (dialled()) {
      loop.events().dialFailed(dial.token(), dial.to(), f == null ? DialFailure.REFUSED : f);
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
    if (state != State.GONE) {
      state = State.GONE;
      counters.add(Counter.PACKETS_LOST, engine.packetsLost());
      loop.forget(this, ids);
      engine.free();
    }
  }
}
