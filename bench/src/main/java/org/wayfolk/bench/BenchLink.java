package org.wayfolk.bench;

import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/** A link that takes everything at once and gives it back to the pool. */
final class BenchLink implements Link {
  private static final byte[] HASH = new byte[32];
  private final Identity peer;
  private final Address remote;

  BenchLink(Identity peer) {
    this.peer = peer;
    long id = peer.id().a();
    this.remote = Address.ofV4((int) (0x0b00_0000L | (id >>> 40)), 4242);
  }

  @Override
  public long serial() {
    return peer.id().a();
  }

  @Override
  public NodeId peer() {
    return peer.id();
  }

  @Override
  public byte[] peerKey() {
    return peer.publicIdentity().key();
  }

  @Override
  public byte[] peerSpkiHash() {
    return HASH;
  }

  @Override
  public byte[] localSpkiHash() {
    return HASH;
  }

  @Override
  public String alpn() {
    return "wayfolk/1";
  }

  @Override
  public boolean dialled() {
    return true;
  }

  @Override
  public long dialToken() {
    return 1;
  }

  @Override
  public Address remote() {
    return remote;
  }

  @Override
  public boolean offer(Packet packet, TrafficClass kind) {
    packet.release();
    return true;
  }

  @Override
  public int queued(TrafficClass kind) {
    return 0;
  }

  @Override
  public long roundTripNanos() {
    return 1_000_000;
  }

  @Override
  public void close(CloseReason why) {}
}
