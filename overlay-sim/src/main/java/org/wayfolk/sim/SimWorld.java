package org.wayfolk.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;

/**
 * A whole world in one thread: hosts, their network, and a clock that jumps from event to event.
 * Two worlds of one seed to which the same is done behave alike to the last byte, in any JVM;
 * {@link #traceHash} says so.
 *
 * <p>Not thread-safe: everything happens on the thread that calls {@link #run}. Code under test
 * runs inside events; the test itself runs between them.
 */
public final class SimWorld {
  /** Where every world's wall clock begins: 2026-01-01T00:00:00Z. */
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /** The port of hosts whose address the world draws. */
  public static final int PORT = 4242;

  /** Events at one instant after which something must be going round in circles. */
  private static final int MAX_EVENTS_AT_ONCE = 5_000_000;

  /**
   * /16s that addresses are drawn from: 64.0 to 95.7, all global, so that diversity caps stay on in
   * tests.
   */
  private static final int SUBNETS = 256;

  private final long seed;
  private final EventQueue queue = new EventQueue();
  private final Trace trace = new Trace();
  private final PacketPool packets = new PacketPool();
  private final List<SimHost> hosts = new ArrayList<>();
  private final Map<Address, SimTransport> listening = new LinkedHashMap<>();
  private final NetworkShape network;
  private final SplittableRandom addresses;
  private final Map<Long, Integer> taken = new LinkedHashMap<>();
  private long now;
  private long events;
  private int eventsNow;
  private boolean running;
  private boolean callbacksWait;
  private @Nullable Visit visitor;
  private @Nullable FrameWatcher watcher;

  /**
   * @param seed everything random in this world follows from it
   */
  public SimWorld(long seed) {
    this.seed = seed;
    network = new NetworkShape(this);
    addresses = Seeds.generator(seed, "addresses", 0, 0);
  }

  /** The seed of this world. */
  public long seed() {
    return seed;
  }

  /** Virtual time since the world began. */
  public Duration now() {
    return Duration.ofNanos(now);
  }

  /** The network between the hosts, for shaping. */
  public NetworkShape network() {
    return network;
  }

  /** Every host there ever was, in the order of making, crashed ones included. */
  public List<SimHost> hosts() {
    return Collections.unmodifiableList(hosts);
  }

  /**
   * The buffers of this world; all of its transports share them. 0 outstanding means that none was
   * lost.
   */
  public PacketPool packets() {
    return packets;
  }

  /** A generator of its own for a purpose of the test, such as choosing pairs. */
  public RandomGenerator random(String purpose) {
    return Seeds.generator(seed, "test " + purpose, 0, 0);
  }

  /** A new host with an address drawn from {@value #SUBNETS} subnets, and a transport on it. */
  public SimTransport transport() {
    return new SimTransport(this);
  }

  /** A new host with this address, and a transport on it. */
  public SimTransport transport(Address address) {
    return new SimTransport(new SimHost(this), address);
  }

  /**
   * From now on callbacks of the nodes (message handlers, what hangs on a receipt) may wait for
   * results, as they may in production: each runs on a thread of its own while all else stands
   * still. Costs two thread switches a callback, so it is off unless asked for.
   */
  public SimWorld letCallbacksWait() {
    callbacksWait = true;
    return this;
  }

  /** From now on this one sees every frame; null: nobody does. Nothing else changes by it. */
  public void watch(@Nullable FrameWatcher value) {
    watcher = value;
  }

  /** Lets the world go on for a while. */
  public void run(Duration time) {
    runUntil(() -> false, time);
  }

  /**
   * Lets the world go on until a condition holds or the time has passed; the condition is asked
   * after each event.
   *
   * @return whether it holds
   */
  public boolean runUntil(BooleanSupplier done, Duration limit) {
    if (running) {
      throw new IllegalStateException(
          "the world is running already: an event of it (a loop's turn, a callback) asked it to"
              + " run; wait in the test, or take the answer as an event");
    }
    return runTo(done, Math.addExact(now, limit.toNanos()));
  }

  /**
   * Says where this world stands and how to come here again, for the message of a failure.
   *
   * @return some lines, the first of which replays
   */
  public String describe() {
    return "replay: new SimWorld(%dL), seed=%d, at %.6f s after %d events, trace %s%nlast of %d records:%n%s"
        .formatted(seed, seed, now / 1e9, events, traceHash(), trace.records(), trace.tail());
  }

  /**
   * Fails with {@link #describe} if a condition does not hold.
   *
   * @throws AssertionError if it does not
   */
  public void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what + System.lineSeparator() + describe());
    }
  }

  /** Runs assertions of any library; what fails carries {@link #describe} as a suppressed line. */
  public void check(Runnable assertions) {
    try {
      assertions.run();
    } catch (RuntimeException | Error e) {
      e.addSuppressed(new Replay(describe()));
      throw e;
    }
  }

  /** SHA-256 of everything that happened: frames, links, dials, with times, as 64 hex digits. */
  public String traceHash() {
    return trace.hash();
  }

  /** Events that happened so far. */
  public long events() {
    return events;
  }

  boolean callbacksWait() {
    return callbacksWait;
  }

  /** The callback that runs just now on a thread of its own, if one does. */
  @Nullable Visit visitor() {
    return visitor;
  }

  void visitor(@Nullable Visit now) {
    visitor = now;
  }

  /** Whether an event is being carried out just now. */
  boolean running() {
    return running;
  }

  long nanos() {
    return now;
  }

  void schedule(Event e, long at) {
    queue.schedule(e, Math.max(at, now));
  }

  void cancel(Event e) {
    queue.cancel(e);
  }

  void record(Trace.Kind kind, int from, int to, int length, int type) {
    trace.record(kind, now, from, to, length, type);
  }

  void watched(SimHost from, SimHost to, Packet p, boolean arrived) {
    if (watcher != null) {
      watcher.frame(from, to, p.array(), p.offset(), p.length(), arrived);
    }
  }

  int join(SimHost host) {
    hosts.add(host);
    return hosts.size() - 1;
  }

  Address drawAddress() {
    while (true) {
      int subnet = addresses.nextInt(SUBNETS);
      long ip = (64L + subnet / 8) << 24 | (subnet % 8) << 16 | (1 + addresses.nextInt(65_534));
      if (taken.putIfAbsent(ip, hosts.size()) == null) {
        return Address.ofV4((int) ip, PORT);
      }
    }
  }

  /** Binds an address; false if somebody has it. */
  boolean bind(Address address, SimTransport transport) {
    return listening.putIfAbsent(address, transport) == null;
  }

  void unbind(Address address, SimTransport transport) {
    listening.remove(address, transport);
  }

  @Nullable SimTransport at(Address address) {
    return listening.get(address);
  }

  /** Something about who reaches whom has changed. */
  void refresh() {
    for (SimHost h : hosts) {
      h.refresh();
    }
  }

  /** Acknowledgements that are due are booked before the network changes. */
  void settle() {
    for (SimHost h : hosts) {
      h.settle();
    }
  }

  private boolean runTo(BooleanSupplier done, long end) {
    running = true;
    try {
      while (!done.getAsBoolean()) {
        Event e = queue.poll(end);
        if (e == null) {
          now = end;
          return done.getAsBoolean();
        }
        step(e);
      }
      return true;
    } catch (RuntimeException | Error e) {
      e.addSuppressed(new Replay(describe()));
      throw e;
    } finally {
      running = false;
    }
  }

  private void step(Event e) {
    if (e.at != now) {
      now = e.at;
      eventsNow = 0;
    }
    if (++eventsNow > MAX_EVENTS_AT_ONCE) {
      throw new IllegalStateException("time stands still: " + eventsNow + " events at one instant");
    }
    events++;
    e.happen();
  }

  /** Carries the replay line along with a failure. */
  private static final class Replay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Replay(String line) {
      super(line, null, false, false);
    }
  }
}
