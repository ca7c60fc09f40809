package org.wayfolk.bench.quic;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.CertificateVerdicts;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.LeafCertificate;
import org.wayfolk.identity.PeerCertificate;
import org.wayfolk.quic.QuicTransport;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.Malformed;

/**
 * One end of the benchmark. It counts the frames of each link on the transport's own thread and
 * answers a frame whose first byte is {@link #ASK} with one frame.
 */
final class BenchNode implements Transport.Events, Credentials, AutoCloseable {
  static final byte DATA = 0;
  static final byte ASK = 1;
  private static final long FULL_NANOS = 100_000;
  private static final Transport.Limits ROOMY =
      new Transport.Limits(4096, 4096, 4096, 4096, 10_000_000_000L);

  final LinkedBlockingQueue<Link> opened = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Link> answers = new LinkedBlockingQueue<>();
  final AtomicInteger failures = new AtomicInteger();
  private final Identity identity;
  private final LeafCertificate leaf;
  private final CertificateVerdicts verdicts;
  private final QuicTransport transport;

  BenchNode(boolean portable) throws IOException {
    byte[] seed = new byte[Identity.SEED_BYTES];
    SecureRandom random = new SecureRandom();
    random.nextBytes(seed);
    identity = Identity.ofSeed(seed);
    leaf = LeafCertificate.create(identity, random);
    verdicts = new CertificateVerdicts(identity.crypto(), CertificateVerdicts.DEFAULT_LIMIT);
    transport = QuicTransport.builder(Address.parse("127.0.0.1:0")).portable(portable).build();
    transport.start(this, ROOMY, this);
  }

  Transport transport() {
    return transport;
  }

  Link dial(Address to) throws InterruptedException {
    transport.dial(1, to, null);
    return next(opened);
  }

  /** Sends frames as fast as the outbox takes them and waits until the other end has them all. */
  void pump(Link link, int count, int size) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      send(link, i == count - 1 ? ASK : DATA, size);
    }
    next(answers);
  }

  void send(Link link, byte kind, int size) {
    Packet p = transport.packets().take(size);
    p.array()[0] = kind;
    p.set(0, size);
    while (!link.offer(p, TrafficClass.APPLICATION)) {
      // A full outbox empties in a millisecond or so; spinning would be counted as cost.
      LockSupport.parkNanos(FULL_NANOS);
    }
  }

  static <T> T next(LinkedBlockingQueue<T> of) throws InterruptedException {
    T t = of.poll(60, TimeUnit.SECONDS);
    if (t == null) {
      throw new IllegalStateException("waited in vain");
    }
    return t;
  }

  @Override
  public void opened(Link link) {
    if (link.dialled()) {
      opened.add(link);
    }
  }

  @Override
  public boolean received(Link link, Packet packet) {
    byte kind = packet.array()[packet.offset()];
    packet.release();
    if (link.dialled()) {
      answers.add(link);
    } else if (kind == ASK) {
      send(link, DATA, 8);
    }
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {}

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    failures.incrementAndGet();
  }

  @Override
  public NodeId id() {
    return identity.id();
  }

  @Override
  public byte[] leaf() {
    return leaf.der();
  }

  @Override
  public PrivateKey leafKey() {
    return leaf.privateKey();
  }

  @Override
  public byte[] leafSpkiHash() {
    return leaf.spkiHash();
  }

  @Override
  public Leaf check(byte[] leafDer) throws Malformed {
    PeerCertificate peer = verdicts.check(leafDer);
    return new Leaf(peer.identity().id(), peer.identity().key(), peer.spkiHash());
  }

  @Override
  public void close() {
    transport.close();
  }
}
