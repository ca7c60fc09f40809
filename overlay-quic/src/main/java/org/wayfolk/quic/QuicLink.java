package org.wayfolk.quic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/**
 * The face of a connection that the node sees: any thread may call it, at any time, also after its
 * end. What the loop knows is published in volatile fields; what the node wants goes through the
 * outbox, one flag and one intrusive stack.
 */
final class QuicLink implements Link {
  private static final VarHandle CLOSING;
  private static final VarHandle QUEUED;

  static {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      CLOSING = here.findVarHandle(QuicLink.class, "closing", CloseReason.class);
      QUEUED = here.findVarHandle(QuicLink.class, "queued", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long serial;
  private final Credentials.Leaf peer;
  private final byte[] localSpkiHash;
  private final String alpn;
  private final long dialToken;
  private final boolean dialled;
  private final Connection connection;
  private final Outbox outbox;
  private volatile Address remote;
  private volatile long roundTripNanos;

  @SuppressWarnings("UnusedVariable") // by VarHandle
  private volatile @Nullable CloseReason closing;

  @SuppressWarnings("UnusedVariable") // by VarHandle
  private volatile boolean queued;

  /** The next link of the loop's stack of links that want its attention. */
  @Nullable QuicLink nextReady;

  QuicLink(long serial, Connection connection, Credentials.Leaf peer, String alpn) {
    this.serial = serial;
    this.connection = connection;
    this.peer = peer;
    this.alpn = alpn;
    this.localSpkiHash = connection.loop().credentials().leafSpkiHash();
    this.dialToken = connection.dialToken();
    this.dialled = connection.dialled();
    this.outbox = new Outbox(connection.loop().chunks());
    this.remote = connection.path().address();
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
    return alpn;
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public long dialToken() {
    return dialToken;
  }

  @Override
  public Address remote() {
    return remote;
  }

  @Override
  public boolean offer(Packet packet, TrafficClass kind) {
    if (!outbox.offer(packet.array(), packet.offset(), packet.length(), kind)) {
      connection.loop().counters().countShared(Counter.OUTBOX_FULL);
      return false;
    }
    packet.release();
    wake();
    return true;
  }

  @Override
  public int queued(TrafficClass kind) {
    return outbox.queued(kind);
  }

  @Override
  public long roundTripNanos() {
    return roundTripNanos;
  }

  @Override
  public void close(CloseReason why) {
    if (CLOSING.compareAndSet(this, null, why)) {
      outbox.refuse();
      wake();
    }
  }

  private void wake() {
    if (!(boolean) QUEUED.getVolatile(this) && QUEUED.compareAndSet(this, false, true)) {
      connection.loop().ready(this);
    }
  }

  /** The loop has seen it; from now on a change queues it again. */
  void seen() {
    QUEUED.setVolatile(this, false);
  }

  /** Why the node wants this link closed, or null. */
  @Nullable CloseReason closing() {
    return closing;
  }

  Connection connection() {
    return connection;
  }

  Outbox outbox() {
    return outbox;
  }

  void remote(Address now) {
    remote = now;
  }

  void roundTripNanos(long nanos) {
    roundTripNanos = nanos;
  }

  @Override
  public String toString() {
    return "link " + serial + " to " + peer.id() + " at " + remote;
  }
}
