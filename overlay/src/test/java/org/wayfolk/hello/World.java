package org.wayfolk.hello;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Malformed;

/**
 * Nodes with nothing but a hello, connections between them, and one queue of everything that will
 * happen. Delays of packets, of workers and of closes come from {@link #delay}; packets of one
 * connection keep their order each way.
 */
final class World {
  final PacketPool pool = new PacketPool();
  final List<Side> sides = new ArrayList<>();
  LongSupplier delay = () -> 20_000_000L;
  LongSupplier workDelay = () -> 0L;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final SplittableRandom random;
  private long now;
  private long order;
  private long serials;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event o) {
      return at != o.at ? Long.compare(at, o.at) : Long.compare(order, o.order);
    }
  }

  World(long seed) {
    random = new SplittableRandom(seed);
  }

  void at(long delayNanos, Runnable what) {
    queue.add(new Event(now + delayNanos, order++, what));
  }

  /** Lets everything happen that is due within {@code nanos}. */
  void run(long nanos) {
    long end = now + nanos;
    for (Event e; (e = queue.peek()) != null && e.at() <= end; ) {
      queue.remove();
      now = Math.max(now, e.at());
      e.what().run();
    }
    now = end;
  }

  NodeSide node(int identity, Network network) {
    return new NodeSide(identity, network);
  }

  /** Makes a connection whose TLS is done: both ends are told, the dialler first. */
  Ends connect(NodeSide dialler, NodeSide acceptor) {
    return connect(dialler, acceptor, dialler.leaf, acceptor.leaf);
  }

  Ends connect(NodeSide dialler, NodeSide acceptor, byte[] diallerLeaf, byte[] acceptorLeaf) {
    Side a = new Side(dialler, acceptor, true, diallerLeaf, acceptorLeaf);
    Side b = new Side(acceptor, dialler, false, acceptorLeaf, diallerLeaf);
    a.other = b;
    b.other = a;
    sides.add(a);
    sides.add(b);
    at(0, () -> a.node.give(new Input.Opened(a)));
    // What follows on the wire arrives after this: the acceptor hears of the connection before its
    // first frame.
    b.lastArrival = now + delay.getAsLong();
    at(b.lastArrival - now, () -> b.node.give(new Input.Opened(b)));
    return new Ends(a, b);
  }

  record Ends(Side dialler, Side acceptor) {}

  /** One end of a connection. */
  final class Side implements Link {
    final NodeSide node;
    private final NodeSide peer;
    private final boolean dialled;
    private final byte[] localSpki;
    private final byte[] peerSpki;
    private final long serial = ++serials;
    private @Nullable Side other;
    private long lastArrival;
    private boolean down;
    boolean full;
    boolean mute;
    UnaryOperator<byte[]> tamper = UnaryOperator.identity();
    String alpn = "wayfolk/1";
    final List<byte[]> wrote = new ArrayList<>();

    Side(NodeSide node, NodeSide peer, boolean dialled, byte[] localSpki, byte[] peerSpki) {
      this.node = node;
      this.peer = peer;
      this.dialled = dialled;
      this.localSpki = localSpki;
      this.peerSpki = peerSpki;
    }

    Side other() {
      Side o = other;
      if (o == null) {
        throw new IllegalStateException("a connection with one end");
      }
      return o;
    }

    boolean alive() {
      return !down;
    }

    /** Puts bytes on the wire toward the other end. */
    void write(byte[] frame) {
      wrote.add(frame);
      if (mute) {
        return;
      }
      byte[] tampered = tamper.apply(frame);
      Side to = other();
      to.inOrder(() -> to.node.receive(to, tampered));
    }

    /** After everything that was sent to this end before. */
    private void inOrder(Runnable what) {
      lastArrival = Math.max(lastArrival, now + delay.getAsLong());
      at(
          lastArrival - now,
          () -> {
            if (!down) {
              what.run();
            }
          });
    }

    @Override
    public long serial() {
      return serial;
    }

    @Override
    public NodeId peer() {
      return peer.identity.id();
    }

    @Override
    public byte[] peerKey() {
      return peer.identity.publicIdentity().key();
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
      return alpn;
    }

    @Override
    public boolean dialled() {
      return dialled;
    }

    @Override
    public long dialToken() {
      return dialled ? serial : 0;
    }

    @Override
    public Address remote() {
      return peer.address;
    }

    @Override
    public boolean offer(Packet packet, TrafficClass kind) {
      if (full || down) {
        return false;
      }
      byte[] frame =
          Arrays.copyOfRange(packet.array(), packet.offset(), packet.offset() + packet.length());
      packet.release();
      write(frame);
      return true;
    }

    @Override
    public int queued(TrafficClass kind) {
      return 0;
    }

    @Override
    public long roundTripNanos() {
      return 0;
    }

    @Override
    public void close(CloseReason why) {
      if (down) {
        return;
      }
      down = true;
      at(0, () -> node.give(new Input.LinkDown(this, why)));
      Side to = other();
      to.inOrder(() -> {
        to.down = true;
        to.node.give(new Input.LinkDown(to, why));
      });
    }
  }

  /** A node: one hello and the effects that carry out what it asks. */
  final class NodeSide implements Effects {
    final Identity identity;
    final OwnRecord own;
    final LinkHello hello;
    final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
    final List<Input.Event> events = new ArrayList<>();
    final byte[] leaf = new byte[32];
    Address address;
    boolean workFull;
    boolean admits = true;
    @Nullable RuntimeException admitsThrows;

    /** Its hello is given nothing: the test speaks for this node. */
    boolean deaf;

    long workNanos;
    long wallSkew;
    long clockOrigin;

    private boolean admits() {
      RuntimeException e = admitsThrows;
      if (e != null) {
        throw e;
      }
      return admits;
    }

    NodeSide(int n, Network network) {
      identity = Records.identity(n);
      leaf[0] = (byte) n;
      leaf[1] = 77;
      address = Address.parse("127.1." + (n & 255) + ".1:4242");
      own = new OwnRecord(identity, network);
      hello = new LinkHello(identity, network, own, HelloLimits.DEFAULT, id -> admits());
    }

    /** Makes this node's workers slower. */
    void slow(long nanos) {
      workNanos = nanos;
    }

    void give(Input in) {
      if (deaf) {
        return;
      }
      hello.on(in, this);
    }

    void receive(Link link, byte[] bytes) {
      Packet p = pool.copyOf(bytes);
      Frame view = new Frame();
      try {
        view.over(link, p);
        give(view);
        if (!view.taken()) {
          p.release();
        }
      } catch (Malformed e) {
        p.release(); // as the node does: no frame, nobody's business
      }
    }

    <E extends Input.Event> List<E> events(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    long counted(Tally what) {
      return counts.getOrDefault(what, 0L);
    }

    /** The reasons it refused something, with how often. */
    Map<Tally, Long> drops() {
      Map<Tally, Long> out = new EnumMap<>(Tally.class);
      counts.forEach((k, v) -> {
        if (k.drop()) {
          out.put(k, v);
        }
      });
      return out;
    }

    @Override
    public long now() {
      return clockOrigin + now;
    }

    @Override
    public long wallMillis() {
      return 1_800_000_000_000L + wallSkew + now / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public Packet packet(int capacity) {
      return pool.take(capacity);
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
      throw new IllegalStateException("the hello dials nobody");
    }

    @Override
    public Timers.Handle timer(long delayNanos, Input.Timer what) {
      // The handle's own heap tells whether it was cancelled when the time comes.
      Timers<Input.Timer> one = new Timers<>();
      Timers.Handle handle = one.at(now + delayNanos, what);
      at(
          delayNanos,
          () -> {
            Input.Timer t = one.poll(now);
            if (t != null) {
              give(t);
            }
          });
      return handle;
    }

    @Override
    public boolean work(Supplier<? extends Input.Worked> job) {
      if (workFull) {
        return false;
      }
      at(workNanos + workDelay.getAsLong(), () -> give(job.get()));
      return true;
    }

    @Override
    public void emit(Input.Event event) {
      events.add(event);
    }

    @Override
    public void count(Tally what) {
      count(what, 1);
    }

    @Override
    public void count(Tally what, long n) {
      counts.merge(what, n, Long::sum);
    }
  }
}
