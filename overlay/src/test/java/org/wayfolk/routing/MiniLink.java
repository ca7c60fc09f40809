package org.wayfolk.routing;

import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/** One end of a link in {@link MiniNet}. */
final class MiniLink implements Link {
  final MiniNet net;
  final MiniNode here;
  final MiniNode there;
  final boolean dialled;
  final long token;
  final long serial;
  final long since;
  MiniLink other = this;
  boolean open = true;
  boolean full;

  MiniLink(MiniNet net, MiniNode here, MiniNode there, boolean dialled, long token, long serial) {
    this.net = net;
    this.here = here;
    this.there = there;
    this.dialled = dialled;
    this.token = token;
    this.serial = serial;
    this.since = net.now;
  }

  @Override
  public long serial() {
    return serial;
  }

  @Override
  public NodeId peer() {
    return there.id;
  }

  @Override
  public byte[] peerKey() {
    return there.record.key();
  }

  @Override
  public byte[] peerSpkiHash() {
    return new byte[32];
  }

  @Override
  public byte[] localSpkiHash() {
    return new byte[32];
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
    return there.address;
  }

  @Override
  public boolean offer(Packet packet, TrafficClass kind) {
    if (!open || full) {
      return false;
    }
    byte[] frame = new byte[packet.length()];
    System.arraycopy(packet.array(), packet.offset(), frame, 0, frame.length);
    packet.release();
    net.frames++;
    net.bytes += frame.length;
    net.framesOf[frame[1]]++;
    net.bytesOf[frame[1]] += frame.length;
    net.at(net.now + MiniNet.DELAY, () -> other.receive(frame));
    return true;
  }

  private void receive(byte[] frame) {
    if (here.alive && there.alive && here.links.get(there.id) == this) {
      here.frame(this, frame);
    }
  }

  @Override
  public int queued(TrafficClass kind) {
    return 0;
  }

  @Override
  public long roundTripNanos() {
    return 2 * MiniNet.DELAY;
  }

  @Override
  public void close(CloseReason why) {
    if (!open) {
      return;
    }
    open = false;
    down(why);
    net.at(net.now + MiniNet.DELAY + 1, () -> other.down(why));
  }

  private void down(CloseReason why) {
    open = false;
    if (here.links.get(there.id) == this) {
      here.links.remove(there.id);
      here.give(new org.wayfolk.protocol.Input.LinkDown(this, why));
    }
  }
}
