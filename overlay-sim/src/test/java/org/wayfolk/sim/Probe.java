package org.wayfolk.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.FrameHeader;

/** A transport with made-up credentials that notes what happens and when. */
final class Probe implements Transport.Events {
  /** A frame's number and when it came. */
  record Came(int number, Duration at) {}

  final SimTransport transport;
  final SimWorld world;
  final Credentials credentials;
  final List<Link> opened = new ArrayList<>();
  final List<Duration> openedAt = new ArrayList<>();
  final List<Came> came = new ArrayList<>();
  final List<DialFailure> failures = new ArrayList<>();
  final List<CloseReason> closed = new ArrayList<>();
  @Nullable Duration lastAt;

  Probe(SimTransport transport, Credentials credentials) throws IOException {
    this.transport = transport;
    this.world = transport.host().world();
    this.credentials = credentials;
    transport.start(credentials, Transport.Limits.DEFAULT, this);
  }

  Probe(SimWorld world, int n) throws IOException {
    this(world.transport(), SimCredentials.of(n));
  }

  SimHost host() {
    return transport.host();
  }

  Address address() {
    return transport.address();
  }

  NodeId id() {
    return credentials.id();
  }

  void dial(Probe to) {
    transport.dial(opened.size() + 1, to.address(), to.id());
  }

  /** Dials and runs the world until both ends are open. */
  Link connect(Probe to) {
    int before = to.opened.size();
    int mine = opened.size();
    dial(to);
    world.check(
        world.runUntil(
            () -> to.opened.size() > before && opened.size() > mine, Duration.ofSeconds(10)),
        "no link");
    return opened.getLast();
  }

  /** Offers a routed frame of this whole length with a number in it. */
  boolean send(Link link, int number, int length, TrafficClass kind) {
    return sendType(link, 1, number, length, kind);
  }

  boolean sendType(Link link, int type, int number, int length, TrafficClass kind) {
    byte[] payload = new byte[Math.max(4, length - FrameHeader.bytes(length))];
    for (int i = 0; i < 4; i++) {
      payload[i] = (byte) (number >>> (24 - 8 * i));
    }
    Packet p = transport.packets().copyOf(FrameHeader.frame(type, payload));
    if (link.offer(p, kind)) {
      return true;
    }
    p.release();
    return false;
  }

  boolean send(Link link, int number) {
    return send(link, number, 100, TrafficClass.APPLICATION);
  }

  List<Integer> numbers() {
    return came.stream().map(Came::number).toList();
  }

  @Override
  public void opened(Link link) {
    opened.add(link);
    openedAt.add(world.now());
  }

  @Override
  public boolean received(Link link, Packet p) {
    int at = p.offset() + FrameHeader.bytes(p.length() - FrameHeader.bytes(p.length()));
    byte[] b = p.array();
    int n = 0;
    for (int i = 0; i < 4; i++) {
      n = n << 8 | (b[at + i] & 0xff);
    }
    came.add(new Came(n, world.now()));
    p.release();
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    closed.add(why);
    lastAt = world.now();
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    failures.add(why);
    lastAt = world.now();
  }

  /** A future that some event of the world completes later. */
  static CompletableFuture<Boolean> later(SimHost host) {
    CompletableFuture<Boolean> f = new CompletableFuture<>();
    host.workers().execute(() -> f.complete(true));
    return f;
  }
}
