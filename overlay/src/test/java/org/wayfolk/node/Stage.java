package org.wayfolk.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.hello.HelloLimits;
import org.wayfolk.hello.LinkHello;
import org.wayfolk.hello.OwnRecord;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.time.Clock;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.Transport;

/**
 * A machine and a transport for one node, with nothing behind them: the test owns the clock, runs
 * the loop and plays the peers, who speak a real hello.
 */
final class Stage implements Transport, Host, Clock {
  static final Network NETWORK = Network.local("stage");
  static final long SECOND = 1_000_000_000L;

  final PacketPool pool = new PacketPool();
  final List<Long> dials = new ArrayList<>();
  private final RandomGenerator random = new SplittableRandom(5);
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private @Nullable Events events;
  private @Nullable Credentials credentials;
  private @Nullable Turn turn;
  long nanos;

  static Identity identity(int n) {
    byte[] seed = new byte[Identity.SEED_BYTES];
    seed[0] = (byte) n;
    seed[1] = (byte) (n >>> 8);
    return Identity.ofSeed(seed);
  }

  Events events() {
    return java.util.Objects.requireNonNull(events);
  }

  /** Runs the loop and what it asked for until nothing is due now. */
  void settle() {
    Turn t = java.util.Objects.requireNonNull(turn);
    while (true) {
      long next = t.run();
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
      } else if (next > nanos) {
        return;
      }
    }
  }

  /** One turn of the loop. */
  void turn() {
    java.util.Objects.requireNonNull(turn).run();
  }

  /** Lets time pass in steps of 10 ms. */
  void pass(Duration time) {
    for (long end = nanos + time.toNanos(); nanos < end; nanos += 10_000_000L) {
      settle();
    }
  }

  /** Links a peer that dialled us: a real hello, both signatures checked. */
  FakeLink linked(Identity peer, String address) {
    FakeLink ours = new FakeLink(peer.id(), Address.parse(address));
    ours.dialled = false;
    ours.key = peer.publicIdentity().key();
    FakeLink theirs = new FakeLink(own().id(), Address.parse("127.0.0.1:1"));
    theirs.key = own().publicIdentity().key();
    LinkHello hello =
        new LinkHello(peer, NETWORK, new OwnRecord(peer, NETWORK), HelloLimits.DEFAULT, id -> true);
    RecordedEffects effects = new RecordedEffects(hello);
    effects.wall(wallMillis());
    events().opened(ours);
    settle();
    effects.give(new Input.Opened(theirs));
    for (int i = 0; i < 4; i++) {
      for (FakeLink.Sent s : drain(theirs)) {
        receive(ours, s.frame());
      }
      settle();
      for (FakeLink.Sent s : drain(ours)) {
        if (!hello.proven(theirs)) {
          effects.frame(theirs, s.frame());
        }
      }
    }
    return ours;
  }

  private @Nullable Identity own;

  Identity own() {
    return java.util.Objects.requireNonNull(own);
  }

  Node start(Identity identity) throws java.io.IOException {
    own = identity;
    return Node.builder(identity).network(NETWORK).transport(this).start();
  }

  void receive(FakeLink link, byte[] frame) {
    Packet p = pool.copyOf(frame);
    if (!events().received(link, p)) {
      p.release();
    }
  }

  static List<FakeLink.Sent> drain(FakeLink link) {
    List<FakeLink.Sent> out = List.copyOf(link.sent);
    link.sent.clear();
    return out;
  }

  @Override
  public Host host() {
    return this;
  }

  @Override
  public void start(Credentials shown, Limits limits, Events to) {
    credentials = shown;
    events = to;
  }

  @Override
  public List<Address> bound() {
    return credentials == null ? List.of() : List.of(Address.parse("127.0.0.1:1"));
  }

  @Override
  public void dial(long token, Address to, @Nullable NodeId expected) {
    dials.add(token);
  }

  @Override
  public PacketPool packets() {
    return pool;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public void close() {}

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor workers() {
    return tasks::add;
  }

  @Override
  public Executor callbacks() {
    return tasks::add;
  }

  @Override
  public Loop start(String name, Turn what) {
    turn = what;
    return new Loop() {
      @Override
      public void wake() {}

      @Override
      public void stop() {}

      @Override
      public boolean inside() {
        return false;
      }
    };
  }

  @Override
  public <T> T await(CompletableFuture<T> result, Duration limit) throws TimeoutException {
    settle();
    if (!result.isDone()) {
      throw new TimeoutException("not done");
    }
    return result.join();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long wallMillis() {
    return 1_800_000_000_000L + nanos / 1_000_000;
  }
}
