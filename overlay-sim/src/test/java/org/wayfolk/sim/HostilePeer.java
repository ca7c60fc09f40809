package org.wayfolk.sim;

import java.io.IOException;
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
 * A peer with a real identity and a real hello, and behind it nothing but a test that writes what
 * it likes. It keeps what others sent it, and dials again whoever threw it out.
 */
final class HostilePeer implements Transport.Events, Effects {
  /** Frames of others that are kept to be sent on, changed or not. */
  private static final int KEPT = 512;

  /** After its last frame of the hello the other end checks for so long at most. */
  private static final long SETTLED_NANOS = 200_000_000L;

  final Identity identity;
  final SimTransport transport;
  final List<Link> links = new ArrayList<>();
  final List<byte[]> heard = new ArrayList<>();
  final List<CloseReason> closed = new ArrayList<>();
  private final RandomGenerator dice;
  private final LinkHello hello;
  private final Frame view = new Frame();
  private final Timers<Input.Timer> ignored = new Timers<>();
  private final ArrayDeque<Supplier<? extends Input.Worked>> work = new ArrayDeque<>();
  private final List<Peer> victims;
  private final Map<Link, Long> greeted = new HashMap<>();
  private final Set<Address> dialling = new HashSet<>();
  private long tokens;

  HostilePeer(SimWorld world, Network network, Identity identity, List<Peer> victims)
      throws IOException {
    this.identity = identity;
    this.victims = victims;
    transport = world.transport();
    dice = world.random("hostile " + identity.id());
    OwnRecord own = new OwnRecord(identity, network);
    hello = new LinkHello(identity, network, own, HelloLimits.DEFAULT, id -> true);
    transport.start(credentials(), Transport.Limits.DEFAULT, this);
    redial();
  }

  /** Dials everybody to whom there is neither a link nor a dial. */
  void redial() {
    for (Peer v : victims) {
      Address at = v.address();
      if (at != null
          && links.stream().noneMatch(l -> l.peer().equals(v.id()))
          && dialling.add(at)) {
        transport.dial(++tokens, at, v.id());
      }
    }
  }

  /** Links that are proven, at both ends. */
  List<Link> proven() {
    return links.stream()
        .filter(l -> hello.proven(l) && now() - greeted.getOrDefault(l, now()) > SETTLED_NANOS)
        .toList();
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
    } else if (heard.size() < KEPT) {
      heard.add(copy);
    } else {
      heard.set(dice.nextInt(KEPT), copy);
    }
    try {
      view.over(link, packet);
      if (!hello.proven(link)) {
        give(view);
      }
    } catch (Malformed e) {
      throw new AssertionError("an honest node wrote no frame", e);
    }
    if (!view.taken()) {
      packet.release();
    }
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    closed.add(why);
    links.remove(link);
    greeted.remove(link);
    give(new Input.LinkDown(link, why));
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
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
    throw new AssertionError("a hello dials nobody");
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
