package org.wayfolk.simulator.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.hello.HelloLimits;
import org.wayfolk.hello.LinkHello;
import org.wayfolk.hello.OwnRecord;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.CertificateVerdicts;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.LeafCertificate;
import org.wayfolk.identity.PeerCertificate;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/**
 * A peer with a real identity and a real hello, and behind it nothing but an attack that writes
 * what it likes. It dials again whoever threw it out.
 */
final class RawPeer implements Transport.Events, Effects {
  /** After its last frame of the hello the other end checks for so long at most. */
  private static final long SETTLED_NANOS = 200_000_000L;

  /** Hears the frames of proven links. */
  interface Ear {
    /** A whole record, a copy. */
    void heard(RawPeer peer, Link link, byte[] frame);
  }

  final Identity identity;
  final SimTransport transport;
  private final RandomGenerator dice;
  private final LinkHello hello;
  private final Ear ear;
  private final Frame view = new Frame();
  private final Timers<Input.Timer> ignored = new Timers<>();
  private final ArrayDeque<Supplier<? extends Input.Worked>> work = new ArrayDeque<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<Link, Long> greeted = new HashMap<>();
  private final Set<Address> dialling = new HashSet<>();
  private long tokens;
  private long refused;

  RawPeer(
      SimTransport transport,
      Network network,
      Identity identity,
      List<Address> published,
      RandomGenerator dice,
      Ear ear) {
    this.identity = identity;
    this.transport = transport;
    this.dice = dice;
    this.ear = ear;
    OwnRecord own = new OwnRecord(identity, network);
    own.addresses(published);
    hello = new LinkHello(identity, network, own, HelloLimits.DEFAULT, id -> true);
    try {
      transport.start(credentials(), Transport.Limits.DEFAULT, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Dials a node unless there is a link or a dial. */
  void dial(Peer to) {
    Address at = to.address();
    boolean linked = links.stream().anyMatch(l -> l.peer().equals(to.id()));
    if (at != null && !linked && dialling.add(at)) {
      transport.dial(++tokens, at, to.id());
    }
  }

  /** Links that are proven, at both ends. */
  List<Link> proven() {
    return links.stream()
        .filter(l -> hello.proven(l) && now() - greeted.getOrDefault(l, now()) > SETTLED_NANOS)
        .toList();
  }

  /** Dials and links that came to nothing or were closed by others. */
  long refused() {
    return refused;
  }

  /** Writes bytes as one record, whatever they are. */
  boolean write(Link link, byte[] bytes) {
    return send(link, bytes, TrafficClass.CONTROL);
  }

  @Override
  public void opened(Link link) {
    links.add(link);
    dialling.remove(link.remote());
    give(new Input.Opened(link));
  }

  @Override
  public boolean received(Link link, Packet packet) {
    byte[] copy = new byte[packet.length()];
    System.arraycopy(packet.array(), packet.offset(), copy, 0, copy.length);
    if (copy[1] == FrameType.LINK_HELLO) {
      greeted.put(link, now()); // said again it would only end the link
    }
    boolean proven = hello.proven(link);
    try {
      view.over(link, packet);
      if (!proven) {
        give(view);
      }
    } catch (Malformed e) {
      throw new IllegalStateException("an honest node wrote no frame", e);
    }
    if (!view.taken()) {
      packet.release();
    }
    if (proven) {
      ear.heard(this, link, copy);
    }
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    refused++;
    links.remove(link);
    greeted.remove(link);
    give(new Input.LinkDown(link, why));
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    refused++;
    dialling.remove(to);
  }

  private void give(Input in) {
    hello.on(in, this);
    for (Supplier<? extends Input.Worked> job; (job = work.poll()) != null; ) {
      hello.on(job.get(), this);
    }
  }

  @Override
  public long now() {
    return transport.host().clock().nanos();
  }

  @Override
  public long wallMillis() {
    return transport.host().clock().wallMillis();
  }

  @Override
  public RandomGenerator random() {
    return dice;
  }

  @Override
  public Packet packet(int capacity) {
    return transport.packets().take(capacity);
  }

  @Override
  public boolean offer(Link link, Packet packet, TrafficClass kind) {
    return link.offer(packet, kind);
  }

  @Override
  public void close(Link link, CloseReason why) {
    link.close(why);
  }

  @Override
  public long dial(Address to, @Nullable NodeId expected) {
    throw new IllegalStateException("a hello dials nobody");
  }

  @Override
  public Timers.Handle timer(long delayNanos, Input.Timer what) {
    return ignored.at(now() + delayNanos, what);
  }

  @Override
  public boolean work(Supplier<? extends Input.Worked> job) {
    return work.add(job);
  }

  @Override
  public void emit(Input.Event event) {}

  @Override
  public void count(Tally what) {}

  @Override
  public void count(Tally what, long n) {}

  private Credentials credentials() {
    LeafCertificate own = LeafCertificate.create(identity, dice);
    CertificateVerdicts verdicts = new CertificateVerdicts(identity.crypto(), 64);
    return new Credentials() {
      @Override
      public NodeId id() {
        return identity.id();
      }

      @Override
      public byte[] leaf() {
        return own.der();
      }

      @Override
      public PrivateKey leafKey() {
        return own.privateKey();
      }

      @Override
      public byte[] leafSpkiHash() {
        return own.spkiHash();
      }

      @Override
      public Leaf check(byte[] leafDer) throws Malformed {
        PeerCertificate peer = verdicts.check(leafDer);
        return new Leaf(peer.identity().id(), peer.identity().key(), peer.spkiHash());
      }
    };
  }
}
