package org.wayfolk.quic;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

/** A started QUIC transport and what happened on it. */
final class TestNode implements Transport.Events, AutoCloseable {
  private static final Address ANY = Address.parse("127.0.0.1:0");
  private static final long LIMIT_SECONDS = 30;

  final LinkedBlockingQueue<Link> opened = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<DialFailure> failed = new LinkedBlockingQueue<>();
  final QuicTransport transport;
  private final Credentials credentials;
  private volatile Predicate<byte[]> inbox = f -> true;
  private long tokens;

  TestNode(QuicTransport transport, Credentials credentials, Transport.Limits limits)
      throws IOException {
    this.transport = transport;
    this.credentials = credentials;
    transport.start(credentials, limits, this);
  }

  /** Node number n on a wire in memory. */
  static TestNode on(TestWire wire, int n) throws IOException {
    return on(wire, n, b -> {});
  }

  static TestNode on(TestWire wire, int n, Consumer<QuicTransport.Builder> choices)
      throws IOException {
    return with(n, Transport.Limits.DEFAULT, b -> choices.accept(b.sockets(wire.sockets())));
  }

  static TestNode with(int n, Transport.Limits limits, Consumer<QuicTransport.Builder> choices)
      throws IOException {
    QuicTransport.Builder b = QuicTransport.builder(ANY);
    choices.accept(b);
    return new TestNode(b.build(), new TestCredentials(n), limits);
  }

  /** Node number n at an address of a wire in memory. */
  static TestNode at(TestWire wire, String address, int n) throws IOException {
    QuicTransport t = QuicTransport.builder(Address.parse(address)).sockets(wire.sockets()).build();
    return new TestNode(t, new TestCredentials(n), Transport.Limits.DEFAULT);
  }

  NodeId id() {
    return credentials.id();
  }

  Address address() {
    return transport.bound().getFirst();
  }

  Path path() {
    return Path.of(address());
  }

  /** What the inbox does with a frame: takes it, refuses it, or throws. */
  void inbox(Predicate<byte[]> rule) {
    inbox = rule;
  }

  void startDial(TestNode to) {
    transport.dial(++tokens, to.address(), to.id());
  }

  Link dial(TestNode to) throws InterruptedException {
    startDial(to);
    return next(opened);
  }

  boolean offer(Link link, byte[] frame, TrafficClass kind) {
    Packet p = transport.packets().copyOf(frame);
    boolean taken = link.offer(p, kind);
    if (!taken) {
      p.release();
    }
    return taken;
  }

  void send(Link link, byte[] frame) {
    if (!offer(link, frame, TrafficClass.APPLICATION)) {
      throw new AssertionError("the outbox is full");
    }
  }

  long count(Counter what) {
    return Objects.requireNonNull(transport.counters().get(what.shown()));
  }

  /** The next of what happened; fails if nothing does. */
  static <T> T next(LinkedBlockingQueue<T> of) throws InterruptedException {
    @Nullable T t = of.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (t == null) {
      throw new AssertionError("waited in vain");
    }
    return t;
  }

  @Override
  public void opened(Link link) {
    opened.add(link);
  }

  @Override
  public boolean received(Link link, Packet packet) {
    byte[] frame =
        Arrays.copyOfRange(packet.array(), packet.offset(), packet.offset() + packet.length());
    if (!inbox.test(frame)) {
      return false;
    }
    packet.release();
    frames.add(frame);
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    closed.add(why);
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    failed.add(why);
  }

  @Override
  public void close() {
    transport.close();
  }
}
