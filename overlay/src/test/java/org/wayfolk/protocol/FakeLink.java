package org.wayfolk.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/** A link to nowhere that records what it was given. */
public final class FakeLink implements Link {
  private static long serials;

  /** One frame that was offered and taken. */
  public record Sent(byte[] frame, TrafficClass kind) {}

  public final List<Sent> sent = new ArrayList<>();
  public boolean full;
  public boolean dialled = true;
  public long token;
  public long roundTripNanos;
  public CloseReason closed = CloseReason.NORMAL;
  public boolean isClosed;

  /**
   * Where packets go instead of {@link #sent}, if set; then only counted, and nothing is allocated.
   */
  public @Nullable Consumer<Packet> sink;

  public long sunk;
  public byte[] key = new byte[32];
  public byte[] localSpki = new byte[32];
  public byte[] peerSpki = new byte[32];
  private final long serial = ++serials;
  private final NodeId peer;
  private final Address remote;

  public FakeLink(NodeId peer, Address remote) {
    this.peer = peer;
    this.remote = remote;
  }

  public FakeLink(NodeId peer) {
    this(peer, Address.parse("10.0.0.1:1"));
  }

  @Override
  public long serial() {
    return serial;
  }

  @Override
  public NodeId peer() {
    return peer;
  }

  @Override
  public byte[] peerKey() {
    return key;
  }

  @Override
  public byte[] peerSpkiHash() {
    return peerSpki;
  }

  @Override
  public byte[] localSpkiHash() {
    return localSpki;
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
    if (full || isClosed) {
      return false;
    }
    Consumer<Packet> into = sink;
    if (into != null) {
      sunk++;
      into.accept(packet);
      return true;
    }
    byte[] frame = new byte[packet.length()];
    System.arraycopy(packet.array(), packet.offset(), frame, 0, frame.length);
    packet.release();
    sent.add(new Sent(frame, kind));
    return true;
  }

  @Override
  public int queued(TrafficClass kind) {
    return 0;
  }

  @Override
  public long roundTripNanos() {
    return roundTripNanos;
  }

  @Override
  public void close(CloseReason why) {
    isClosed = true;
    closed = why;
  }
}
