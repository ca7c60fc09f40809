package org.wayfolk.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.admission.Admission;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.routing.Arrived;
import org.wayfolk.routing.Copies;
import org.wayfolk.routing.Envelope;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;

/**
 * Ends with real cryptography and real gates, whose frames cross a way that the test decides on.
 * One thread, virtual time: each copy takes {@link #DELAY}, each job a millisecond.
 */
public final class SmallWorld {
  /** One way, nanoseconds. */
  public static final long DELAY = 10_000_000L;

  private static final long JOB = 1_000_000L;

  /** What happens to one copy of a frame: what arrives instead of it, none, one or many. */
  public interface Way {
    /** Frames that arrive at {@code to}. */
    List<byte[]> carry(End from, End to, byte[] frame, int copy);
  }

  public final Network network;
  public final Map<NodeId, End> ends = new LinkedHashMap<>();
  public final List<byte[]> crossed = new ArrayList<>();
  public Way way = (from, to, frame, copy) -> List.of(frame);
  private final Timers<Runnable> agenda = new Timers<>();
  private final RandomGenerator random = new SplittableRandom(7);
  private final PacketPool pool = new PacketPool();
  private long now;
  private long wall = 1_800_000_000_000L;

  public SmallWorld() {
    this(Network.local("delivery"));
  }

  public SmallWorld(Network network) {
    this.network = network;
  }

  /** A new end with identity number {@code n}, linked. */
  public End end(int n) {
    return new End(n, id -> true);
  }

  /** A new end that wants only some senders. */
  public End end(int n, java.util.function.Predicate<NodeId> admitSenders) {
    return new End(n, admitSenders);
  }

  /** A frame with a payload that {@code from} signed now, whatever it says. */
  public byte[] sign(Identity from, NodeId to, byte[] payload) {
    byte[] key = from.publicIdentity().key();
    return Envelope.sign(FrameType.ROUTE, to, key, wall * 1_000_000L, payload, from::signEnvelope);
  }

  /** The kind of payload that a frame carries. */
  public static int kind(byte[] frame) {
    try {
      Reader r = new Reader(frame);
      FrameHeader.read(r);
      Envelope e = new Envelope();
      e.over(frame, r.position(), r.remaining());
      return PayloadKind.read(new Reader(frame, e.payloadAt(), e.payloadLength()));
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  public long now() {
    return now;
  }

  public long wall() {
    return wall;
  }

  /** Does something after some time. */
  public void later(long nanos, Runnable what) {
    agenda.at(now + nanos, what);
  }

  /** Lets time pass. */
  public void run(long nanos) {
    long end = now + nanos;
    for (long next; (next = agenda.next()) <= end; ) {
      move(Math.max(now, next));
      for (Runnable r; (r = agenda.poll(now)) != null; ) {
        r.run();
      }
    }
    move(end);
  }

  /** Lets seconds pass. */
  public void seconds(double s) {
    run((long) (s * 1e9));
  }

  private void move(long to) {
    wall += to / 1_000_000 - now / 1_000_000;
    now = to;
  }

  /** One node without routing. */
  public final class End implements Originator {
    public final Identity me;
    public final NodeId id;
    public Admission admission;
    public final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
    public final List<Message> received = new ArrayList<>();
    public final List<Copies> plans = new ArrayList<>();
    public final List<Input.Event> seen = new ArrayList<>();
    public final FakeLink link;
    public SealingKeys keys;
    public PeerRecord record;
    public Rendezvous rendezvous;
    public Delivery delivery;
    public boolean linked = true;
    public boolean direct;
    public boolean workFull;
    public boolean jobsThrow;

    /** What the handler says; null leaves the message running. */
    public Function<Message, Handled.@Nullable Verdict> handler = m -> Handled.Verdict.ACCEPTED;

    public long handlerTakes = 5_000_000L;
    public final List<Long> running = new ArrayList<>();
    private final ArrayDeque<Input.Event> events = new ArrayDeque<>();
    private final Map<Protocol, Fx> effects = new HashMap<>();
    private final int number;
    private boolean settling;

    End(int n, java.util.function.Predicate<NodeId> admitSenders) {
      number = n;
      me = Records.identity(n);
      id = me.id();
      // All envelopes come over one neighbour, which is nobody's end.
      link = new FakeLink(Records.identity(1000 + n).id(), Address.parse("10.0.0." + n + ":4000"));
      keys = new SealingKeys(me.crypto());
      keys.rotate(wall, random, HpkeSuite.X25519);
      record = signRecord();
      admission = new Admission(id, me.crypto(), network, admitSenders);
      rendezvous = new Rendezvous(me, network, keys, () -> record, this);
      delivery = new Delivery(me, network, keys, rendezvous, this, wall);
      ends.put(id, this);
      up();
    }

    /** A record that names the current key. */
    public PeerRecord signRecord() {
      byte[] hash = keys.current(HpkeSuite.X25519).orElseThrow().publicHash(me.crypto());
      PeerRecord.Body b =
          new PeerRecord.Body(
              me.publicIdentity().key(),
              wall,
              wall + PeerRecord.LIFE_MILLIS,
              hash,
              0,
              List.of(),
              List.of());
      return new RecordCheck(me.crypto(), network).sign(me, b);
    }

    /** Loses all sealing keys and makes new ones, as a home that was restored from nothing. */
    public void forgetKeys() {
      keys.close();
      keys.rotate(wall, random, HpkeSuite.X25519);
      record = signRecord();
    }

    /** A new life of the same identity: nothing remembered but the keys. */
    public void restart() {
      admission = new Admission(id, me.crypto(), network, peer -> true);
      rendezvous = new Rendezvous(me, network, keys, () -> record, this);
      delivery = new Delivery(me, network, keys, rendezvous, this, wall);
      up();
    }

    public void up() {
      linked = true;
      Input.LinkUp up = new Input.LinkUp(link, record, 0, 0);
      give(admission, up);
      give(rendezvous, up);
      give(delivery, up);
    }

    public void down() {
      linked = false;
      Input.LinkDown down = new Input.LinkDown(link, CloseReason.NORMAL);
      give(admission, down);
      give(rendezvous, down);
      give(delivery, down);
    }

    public CompletableFuture<Outcome> send(NodeId to, byte[] payload) {
      return send(to, payload, SendOptions.DEFAULT);
    }

    public CompletableFuture<Outcome> send(NodeId to, byte[] payload, SendOptions options) {
      CompletableFuture<Outcome> result = new CompletableFuture<>();
      give(delivery, new Send(to, payload, options, result));
      return result;
    }

    public CompletableFuture<Answer> ask(NodeId target, boolean fresh) {
      CompletableFuture<Answer> result = new CompletableFuture<>();
      give(rendezvous, new Rendezvous.Ask(target, fresh, result));
      return result;
    }

    /** A send whose outcome nobody waits for. */
    public void tell(NodeId to, byte[] payload) {
      tell(to, payload, SendOptions.DEFAULT);
    }

    public void tell(NodeId to, byte[] payload, SendOptions options) {
      give(delivery, new Send(to, payload, options, new CompletableFuture<>()));
    }

    /** An ask whose answer nobody waits for. */
    public void learn(NodeId target) {
      give(rendezvous, new Rendezvous.Ask(target, false, new CompletableFuture<>()));
    }

    public long counted(Tally what) {
      return counts.getOrDefault(what, 0L);
    }

    /** A frame for this end comes in. */
    public void arrive(byte[] frame) {
      try {
        Reader r = new Reader(frame);
        int type = FrameHeader.read(r);
        byte[] envelope = r.copy(r.remaining());
        int ttl = envelope.length > Envelope.TTL_AT ? envelope[Envelope.TTL_AT] & 0xff : 0;
        give(admission, new Arrived(link, type, envelope, ttl));
      } catch (Malformed e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public int originate(byte[] frame, NodeId target, Copies plan, Effects out) {
      if (!linked) {
        return 0;
      }
      plans.add(plan);
      int copies =
          switch (plan) {
            case ONE_DIRECT -> direct ? 1 : 2;
            case ONE -> 1;
            case TWO -> 2;
            case THIRD -> 3;
          };
      End to = ends.get(target);
      for (int i = 0; i < copies && to != null; i++) {
        for (byte[] arriving : way.carry(this, to, frame, i)) {
          crossed.add(arriving);
          later(DELAY + i, () -> to.arrive(arriving));
        }
      }
      return copies;
    }

    @Override
    public boolean direct(NodeId target) {
      return direct;
    }

    @Override
    public void proven(NodeId neighbor) {}

    public void give(Protocol p, Input in) {
      p.on(in, effects.computeIfAbsent(p, Fx::new));
      settle();
    }

    private void settle() {
      if (settling) {
        return;
      }
      settling = true;
      for (Input.Event e; (e = events.poll()) != null; ) {
        seen.add(e);
        event(e);
      }
      settling = false;
    }

    private void event(Input.Event e) {
      switch (e) {
        case Input.Verified v -> {
          give(rendezvous, v);
          give(delivery, v);
        }
        case Answer a -> give(delivery, a);
        case Rendezvous.Rekeyed r -> give(delivery, r);
        case Inbound in -> handle(in);
        default -> {}
      }
    }

    private void handle(Inbound in) {
      received.add(in.message());
      Handled.Verdict verdict = handler.apply(in.message());
      if (verdict == null) {
        running.add(in.token());
      } else {
        later(handlerTakes, () -> give(delivery, new Handled(in.token(), verdict)));
      }
    }

    @Override
    public String toString() {
      return "end " + number;
    }

    private final class Fx implements Effects {
      private final Protocol protocol;

      Fx(Protocol protocol) {
        this.protocol = protocol;
      }

      @Override
      public long now() {
        return now;
      }

      @Override
      public long wallMillis() {
        return wall;
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
      public boolean offer(Link to, Packet packet, TrafficClass kind) {
        return to.offer(packet, kind);
      }

      @Override
      public void close(Link which, CloseReason why) {
        which.close(why);
      }

      @Override
      public long dial(Address to, @Nullable NodeId expected) {
        throw new AssertionError("these rooms do not dial");
      }

      @Override
      public Timers.Handle timer(long delayNanos, Input.Timer what) {
        return agenda.at(now + delayNanos, () -> give(protocol, what));
      }

      @Override
      public boolean work(Supplier<? extends Input.Worked> job) {
        if (workFull) {
          return false;
        }
        later(JOB, () -> give(protocol, jobsThrow ? new Input.WorkFailed(job) : job.get()));
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
}
