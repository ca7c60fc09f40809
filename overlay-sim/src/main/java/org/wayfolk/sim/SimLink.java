package org.wayfolk.sim;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/** One end of a simulated connection. */
final class SimLink implements Link {
  /** How long what is queued as control may take to leave before a close goes on without it. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  private static final long LINGER_STEP = 10_000_000L;

  private enum State {
    OPENING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private final SimTransport transport;
  private final long serial;
  private final Credentials.Leaf peer;
  private final byte[] localSpkiHash;
  private final boolean dialled;
  private final long token;
  private final Address remote;
  private @Nullable Pipe out;
  private @Nullable Pipe in;
  private State state = State.OPENING;
  private boolean silent;
  private boolean heard;
  private long roundTrip;
  private long closeBy;
  private CloseReason reason = CloseReason.NORMAL;
  private final Event closing = new Closing();
  private final Event firstFrame = new FirstFrame();

  SimLink(
      SimTransport transport,
      Credentials.Leaf peer,
      byte[] localSpkiHash,
      long token,
      Address remote) {
    this.transport = transport;
    this.serial = transport.nextSerial();
    this.peer = peer;
    this.localSpkiHash = localSpkiHash;
    this.dialled = token != 0;
    this.token = token;
    this.remote = remote;
  }

  /** Joins two ends; each direction has dice of its own. */
  static void join(SimLink dialler, SimLink acceptor, SplittableRandom dice) {
    SimWorld world = dialler.host().world();
    Pipe there = new Pipe(world, dialler, acceptor, dice.split());
    Pipe back = new Pipe(world, acceptor, dialler, dice.split());
    dialler.out = there;
    acceptor.in = there;
    acceptor.out = back;
    dialler.in = back;
  }

  void open(long firstRoundTrip, long firstFrameNanos) {
    if (state != State.OPENING) {
      return;
    }
    state = State.OPEN;
    roundTrip = firstRoundTrip;
    if (!dialled) {
      world().schedule(firstFrame, world().nanos() + firstFrameNanos);
    }
    transport.opened(this);
    if (in != null) {
      in.unhold(0);
    }
  }

  /** The other end's certificate did not pass: it is told, and nobody here ever hears of it. */
  void refuse() {
    if (state == State.OPENING && out != null) {
      out.end(CloseReason.REFUSED);
      finish(CloseReason.REFUSED, false);
    }
  }

  @Nullable SimLink otherEnd() {
    return out == null ? null : out.receiver();
  }

  SimTransport transport() {
    return transport;
  }

  SimHost host() {
    return transport.host();
  }

  /** Whether this end may still send. */
  boolean live() {
    return state == State.OPEN || state == State.CLOSING;
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  /** Whether what arrives here now can be taken. */
  boolean readable() {
    return live() && host().reads();
  }

  /** Whether this end has gone without the other being told. */
  boolean silent() {
    return silent;
  }

  boolean halfOpen() {
    return !dialled && !heard;
  }

  void refresh() {
    if (out != null) {
      out.refresh();
    }
    if (in != null) {
      in.refresh();
    }
  }

  void settle() {
    if (out != null) {
      out.settle();
    }
  }

  void sent(int bytes, TrafficClass kind, int type) {
    transport.countSent(bytes, kind);
    transport.traffic().sent(type, bytes);
  }

  void measured(long sample) {
    roundTrip = roundTrip == 0 ? sample : roundTrip + (sample - roundTrip) / 8;
  }

  void deliver(Packet p) {
    if (!heard) {
      heard = true;
      world().cancel(firstFrame);
      transport.firstFrame(this);
    }
    transport.received(this, p);
  }

  void closedByPeer(CloseReason why) {
    if (live()) {
      finish(why, true);
    }
  }

  /** The connection is lost; the other end is told if the wire still carries. */
  void abort(CloseReason why) {
    if (live() && out != null) {
      out.end(why);
      finish(why, true);
    }
  }

  /** The machine of this end is gone. */
  void vanish() {
    if (state != State.CLOSED) {
      silent = true;
      if (out != null) {
        out.dropOutbox();
      }
      finish(CloseReason.NORMAL, false);
      if (in != null) {
        in.refresh();
      }
    }
  }

  /** The transport of this end is closing: the other end is told, this one knows. */
  void shut() {
    if (state != State.CLOSED) {
      if (out != null) {
        out.end(CloseReason.LEAVING);
      }
      finish(CloseReason.LEAVING, false);
    }
  }

  private void finish(CloseReason why, boolean tell) {
    boolean wasOpen = state != State.OPENING;
    state = State.CLOSED;
    world().cancel(closing);
    world().cancel(firstFrame);
    if (in != null) {
      in.dropFlights();
    }
    if (out != null) {
      out.dropOutbox();
      // From here on nothing more is said: whoever is not told hears silence.
      silent = true;
      out.refresh();
      if (out.receiver().closed()) {
        out.dropFlights();
      }
    }
    transport.gone(this, why, wasOpen && tell);
  }

  /** By number, never by place in memory: tables of links iterate alike in every run. */
  @Override
  public int hashCode() {
    return Long.hashCode(serial);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  private SimWorld world() {
    return host().world();
  }

  @Override
  public long serial() {
    return serial;
  }

  @Override
  public NodeId peer() {
    return peer.id();
  }

  @Override
  public byte[] peerKey() {
    return peer.key();
  }

  @Override
  public byte[] peerSpkiHash() {
    return peer.spkiHash();
  }

  @Override
  public byte[] localSpkiHash() {
    return localSpkiHash;
  }

  @Override
  public String alpn() {
    return "wayfolk/1";
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public long dialToken() {
    return token;
  }

  @Override
  public Address remote() {
    return remote;
  }

  @Override
  public boolean offer(Packet packet, TrafficClass kind) {
    if (state != State.OPEN || out == null) {
      return false;
    }
    if (!out.offer(packet, kind)) {
      transport.count(CounterName.OUTBOX_FULL);
      return false;
    }
    return true;
  }

  @Override
  public int queued(TrafficClass kind) {
    return out == null ? 0 : out.queued(kind);
  }

  @Override
  public long roundTripNanos() {
    return roundTrip;
  }

  @Override
  public void close(CloseReason why) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    reason = why;
    closeBy = world().nanos() + LINGER_NANOS;
    // Behind the event that sends what this instant has queued.
    world().schedule(closing, world().nanos());
  }

  private final class Closing extends Event {
    @Override
    void happen() {
      if (queued(TrafficClass.CONTROL) > 0 && at < closeBy) {
        world().schedule(this, Math.min(closeBy, at + LINGER_STEP));
      } else {
        abort(reason);
      }
    }
  }

  private final class FirstFrame extends Event {
    @Override
    void happen() {
      transport.count(CounterName.FIRST_FRAME_LATE);
      abort(CloseReason.TIMEOUT);
    }
  }
}
