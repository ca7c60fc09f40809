package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.time.Clock;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.Transport;

/**
 * The one thread of a transport: receives, dispatches by connection id, gives every connection that
 * has something to do a turn, sleeps until there is more.
 *
 * <p>Each turn is bounded: one receive call, the commands there were when it began, one turn a
 * connection, one batch a turn. Nothing that a peer sends gets past {@link #guarded}: a mistake of
 * ours costs that connection and is counted.
 */
final class QuicLoop implements Runnable, UdpSocket.Sink {
  /** The buffer that stream bytes are read into. */
  static final int READ_BYTES = 256 * 1024;

  /** Closed connections that still answer late packets: beyond so many they just vanish. */
  private static final int MAX_LINGERING = 256;

  /** Dials that wait for the loop; a node dials by the ten, not by the thousand. */
  static final int MAX_COMMANDS = 4096;

  /** The longest sleep: nothing is due, and a lost wake-up would be a bug that this bounds. */
  private static final long MAX_SLEEP_NANOS = 1_000_000_000L;

  /** A full socket buffer holds up the last close packets so long at most, and so often. */
  private static final long LAST_WAIT_NANOS = 5_000_000L;

  private static final int LAST_WAITS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(QuicLoop.class);

  private final Environment environment;
  private final Clock clock;
  private final RandomGenerator random;
  private final Counters counters;
  private final UdpSocket socket;
  private final QuicheBridge bridge;
  private final Configurations configurations;
  private final Batches batches;
  private final Strangers strangers;
  private final ChunkPool chunks;
  private final Gate gate;
  private final Directory directory;
  private final TimerWheel<Connection> wheel;
  private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
  private final long readBuffer;
  private final long idBuffer;
  private final ConcurrentLinkedQueue<Connection.Dial> dials = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable QuicLink> ready = new AtomicReference<>();
  private long serials;
  private long now;
  private volatile boolean sleeping;
  private volatile boolean stopping;

  /** What a loop runs with; all of it outlives the loop. */
  record Environment(
      Clock clock,
      RandomGenerator random,
      NativeMemory memory,
      PacketPool pool,
      UdpSocket socket,
      QuicheBridge bridge,
      QuicOptions options,
      Credentials credentials,
      Transport.Limits limits,
      Transport.Events events) {}

  QuicLoop(Environment e) {
    environment = e;
    clock = e.clock();
    random = e.random();
    now = clock.nanos();
    counters = new Counters();
    socket = e.socket();
    bridge = e.bridge();
    NativeMemory memory = e.memory();
    configurations = new Configurations(e.options());
    batches = new Batches(socket, memory, counters);
    chunks = new ChunkPool(memory, e.options().outboxBytes());
    gate = new Gate(e.limits(), e.options().alwaysRetry(), now);
    directory = new Directory(random, memory);
    wheel = new TimerWheel<>(Connection.class, now);
    readBuffer = memory.take(READ_BYTES);
    idBuffer = memory.take(8);
    StatelessAnswers answers = new StatelessAnswers(bridge, batches, counters, memory, random, now);
    strangers = new Strangers(this, bridge, configurations, answers, memory);
  }

  // ---- other threads

  /** Asks for a dial; false if too many wait. */
  boolean dial(Connection.Dial dial) {
    if (stopping || dials.size() >= MAX_COMMANDS) {
      return false;
    }
    dials.add(dial);
    wake();
    return true;
  }

  /** A link has frames to send, or wants to close. */
  void ready(QuicLink link) {
    QuicLink head;
    do {
      head = ready.get();
      link.nextReady = head;
    } while (!ready.compareAndSet(head, link));
    wake();
  }

  /** Ends the loop after its present turn. */
  void stop() {
    stopping = true;
    socket.wake();
  }

  private void wake() {
    if (sleeping) {
      socket.wake();
    }
  }

  // ---- the thread

  @Override
  public void run() {
    try {
      while (!stopping) {
        turn();
      }
    } catch (RuntimeException | AssertionError e) {
      counters.count(Counter.BUG);
      LOG.error("the transport's loop has failed and ends", e);
    } finally {
      finish();
    }
  }

  private void turn() {
    now = clock.nanos();
    int datagrams = socket.receive(this);
    boolean dialled = takeDials();
    boolean commands = takeReady() || dialled;
    if (datagrams > 0 || commands) {
      now = clock.nanos();
    }
    wheel.advance(now, this::expired);
    boolean room = !batches.blocked() || batches.retry();
    if (room) {
      turnConnections();
    }
    if (datagrams == 0 && !commands && (dirty.isEmpty() || !room)) {
      sleep(!room);
    }
  }

  private void turnConnections() {
    for (int n = dirty.size(); n > 0 && !batches.blocked(); n--) {
      Connection c = dirty.poll();
      if (c != null) {
        guarded(c, Work.TURN);
      }
    }
  }

  private void sleep(boolean forRoom) {
    sleeping = true;
    if (dials.isEmpty() && ready.get() == null && !stopping) {
      long next = wheel.next();
      long wait =
          next == Long.MAX_VALUE
              ? MAX_SLEEP_NANOS
              : Math.clamp(next - clock.nanos(), 0, MAX_SLEEP_NANOS);
      socket.await(wait, forRoom);
    }
    sleeping = false;
  }

  private boolean takeReady() {
    QuicLink link = ready.getAndSet(null);
    boolean any = link != null;
    while (link != null) {
      QuicLink next = link.nextReady;
      link.nextReady = null;
      link.seen();
      mark(link.connection());
      link = next;
    }
    return any;
  }

  private boolean takeDials() {
    boolean any = false;
    for (int i = 0; i < 64; i++) {
      Connection.Dial d = dials.poll();
      if (d == null) {
        return any;
      }
      any = true;
      dialNow(d);
    }
    return true;
  }

  private void dialNow(Connection.Dial d) {
    Path to = Path.of(d.to());
    boolean reachable = to.port() != 0 && (environment.options().at().v4() ? to.v4() : true);
    QuicheBridge.Engine engine = null;
    long id = random.nextLong();
    if (reachable && gate.mayDial()) {
      NativeMemory.i64(idBuffer, id);
      engine = bridge.dial(configurations.of(false, to.loopback()), idBuffer);
    }
    if (engine == null) {
      counters.count(Counter.DIALS_FAILED);
      environment.events().dialFailed(d.token(), d.to(), DialFailure.LOCAL);
      return;
    }
    Connection c = new Connection(this, engine, to, d, now);
    gate.dialled();
    directory.add(c, id);
    mark(c);
  }

  // ---- packets

  @Override
  public void datagram(long at, int length, long hi, long lo, int port) {
    counters.add(Counter.BYTES_IN, length);
    int first = length == 0 ? 0 : NativeMemory.u8(at);
    if ((first & 0xc0) == 0) {
      side(at, length, new Path(hi, lo, port));
      return;
    }
    counters.count(Counter.PACKETS_IN);
    boolean isLong = (first & 0x80) != 0;
    if (length < (isLong ? 14 : 9)) {
      counters.count(Counter.DROP_RUNT);
      return;
    }
    long id = NativeMemory.i64(isLong ? at + 6 : at + 1);
    Connection c = directory.find(id);
    if (c == null && isLong) {
      c = strangers.admit(at, length, new Path(hi, lo, port), now);
    } else if (c == null) {
      counters.count(Counter.DROP_UNKNOWN);
    }
    if (c == null) {
      return;
    }
    try {
      c.received(at, length, hi, lo, port, now);
    } catch (RuntimeException | AssertionError e) {
      bug("a packet", e);
      kill(c);
    }
    mark(c);
  }

  private void side(long at, int length, Path from) {
    SidePackets taker = environment.options().sidePackets();
    if (taker == null || length == 0) {
      counters.count(Counter.DROP_SIDE);
      return;
    }
    counters.count(Counter.SIDE_IN);
    try {
      byte[] packet = new byte[length];
      NativeMemory.copyOut(at, packet, 0, length);
      taker.received(from.address(), packet);
    } catch (RuntimeException e) {
      bug("a side packet", e);
    }
  }

  // ---- connections

  private enum Work {
    TURN,
    EXPIRED
  }

  private void expired(Connection c) {
    guarded(c, Work.EXPIRED);
    mark(c);
  }

  private void guarded(Connection c, Work work) {
    try {
      switch (work) {
        case TURN -> {
          if (c.turn(now)) {
            mark(c);
          }
        }
        case EXPIRED -> c.expired(now);
      }
    } catch (RuntimeException | AssertionError e) {
      bug("a connection", e);
      kill(c);
    }
  }

  private void kill(Connection c) {
    try {
      c.abort(now);
    } catch (RuntimeException | AssertionError e) {
      bug("closing a connection", e);
    }
  }

  private void mark(Connection c) {
    if (!c.gone() && c.mark()) {
      dirty.add(c);
    }
  }

  /** A connection is gone. */
  void forget(Connection c, long[] ids) {
    directory.forget(c, ids);
    wheel.cancel(c);
  }

  /** Whether one more closed connection may stay to answer late packets. */
  boolean mayLinger() {
    return directory.size() - gate.links() <= MAX_LINGERING;
  }

  /** Our own mistake: counted, told once a place at WARN, at DEBUG from then on. */
  void bug(String where, Throwable e) {
    boolean first = counters.get(Counter.BUG) == 0;
    counters.count(Counter.BUG);
    if (first) {
      LOG.warn("bug while handling {}; the connection is closed", where, e);
    } else {
      LOG.debug("bug while handling {}", where, e);
    }
  }

  private void finish() {
    now = clock.nanos();
    for (Connection.Dial d = dials.poll(); d != null; d = dials.poll()) {
      environment.events().dialFailed(d.token(), d.to(), DialFailure.LOCAL);
    }
    for (Connection c : directory.all()) {
      try {
        for (int i = 0; i < LAST_WAITS && !batches.retry(); i++) {
          socket.await(LAST_WAIT_NANOS, true);
        }
        c.end(CloseReason.LEAVING, now);
      } catch (RuntimeException | AssertionError e) {
        bug("the last close", e);
      }
      c.free();
    }
    configurations.close();
  }

  // ---- what connections use

  Batches batches() {
    return batches;
  }

  ChunkPool chunks() {
    return chunks;
  }

  Counters counters() {
    return counters;
  }

  Credentials credentials() {
    return environment.credentials();
  }

  Transport.Events events() {
    return environment.events();
  }

  Gate gate() {
    return gate;
  }

  Transport.Limits limits() {
    return environment.limits();
  }

  PacketPool pool() {
    return environment.pool();
  }

  Directory directory() {
    return directory;
  }

  /** A fresh connection id. */
  long newId() {
    return random.nextLong();
  }

  TimerWheel<Connection> wheel() {
    return wheel;
  }

  long readBuffer() {
    return readBuffer;
  }

  long nextSerial() {
    return ++serials;
  }

  /** Largest UDP payload sent toward an address. */
  int payload(Path to) {
    return configurations.payload(to.loopback());
  }

  /** Whether quiche's send times are comparable with our clock. */
  boolean paced() {
    return environment.options().paced();
  }

  Address boundAddress() {
    return socket.bound().address();
  }
}
