package org.wayfolk.node;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.NetworkTime;
import org.wayfolk.time.Skew;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.Malformed;

/**
 * The only hand of all protocols of one node: takes one thing from the inbox, gives it to the
 * protocol that {@link Switchboard} names, carries out what that asked for, goes on. Everything but
 * {@link #submit} and the transport's events runs on the loop's thread.
 */
final class Loop implements Transport.Events, Host.Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** Inputs a turn, so that timers are late by a few milliseconds at most under load. */
  private static final int BATCH = 1_024;

  /** Who gets what; the wiring, apart from the loop. */
  interface Switchboard {
    /** Gives a frame to its room, or counts why not. */
    void frame(Frame frame);

    /** Gives a transport event to the rooms that care. */
    void transport(Input in);

    /** A dial gave no connection; the room that asked for it knows already. */
    void dialFailed(Address to, DialFailure why);

    /** Gives an emitted event to the rooms above. */
    void event(Input.Event event);
  }

  private record Due(Protocol protocol, Input.Timer timer) {}

  private record Asked(Protocol protocol, Input.Command command) {}

  private record Call(Runnable what) {}

  private record FailedDial(long token, Address to, DialFailure why) {}

  private final NodeId self;
  private final Host host;
  private final Transport transport;
  private final PacketPool pool;
  private final Counters counters;
  private final Inbox inbox = new Inbox();
  private final Jobs jobs;
  private final Timers<Due> timers = new Timers<>();
  private final NetworkTime time = new NetworkTime();
  private final Frame frame = new Frame();
  private final ArrayDeque<Input.Event> events = new ArrayDeque<>();
  private final Map<Long, Protocol> dials = new HashMap<>();
  private final IdentityHashMap<Protocol, LoopEffects> effects = new IdentityHashMap<>();
  private @Nullable Switchboard board;
  private Host.@Nullable Loop thread;
  private long now;
  private long wall;
  private long tokens;
  private boolean settling;
  private boolean bugLogged;

  Loop(NodeId self, Transport transport, Counters counters) {
    this.self = self;
    this.host = transport.host();
    this.transport = transport;
    this.pool = transport.packets();
    this.counters = counters;
    this.jobs = new Jobs(self, host.workers(), counters, this::finished);
  }

  /** Starts the loop; call once, after everything is wired. */
  void start(Switchboard wiring) {
    board = wiring;
    tick();
    thread = host.start("wayfolk-" + self.shortHex(), this);
  }

  /** Whose votes correct {@link Effects#networkMillis}. */
  NetworkTime time() {
    return time;
  }

  /** How far our clock is off, on the loop. */
  Skew skew() {
    return time.skew(wall, now);
  }

  /** What {@code protocol} is given with each of its inputs. */
  Effects effects(Protocol protocol) {
    return effects.computeIfAbsent(protocol, LoopEffects::new);
  }

  /**
   * Gives a command to a protocol, soon. Any thread. False if too many wait or the node is closed.
   */
  boolean submit(Protocol protocol, Input.Command command) {
    boolean room = inbox.command(new Asked(protocol, command));
    wake();
    return room;
  }

  /**
   * Gives a command that must not be refused, because it ends something counted elsewhere. Any
   * thread.
   */
  void tell(Protocol protocol, Input.Command command) {
    inbox.input(new Asked(protocol, command));
    wake();
  }

  /** Runs something on the loop, soon. Any thread. False if the node is closed. */
  boolean call(Runnable what) {
    boolean room = inbox.command(new Call(what));
    wake();
    return room;
  }

  /** Ends the loop. What waited is dropped. */
  void stop() {
    Host.Loop t = thread;
    if (t != null) {
      t.stop();
    }
    for (Object left : inbox.close()) {
      if (left instanceof Packet p) {
        p.release();
      }
    }
  }

  boolean inside() {
    Host.Loop t = thread;
    return t != null && t.inside();
  }

  private void finished(Jobs.Finished f) {
    inbox.input(f);
    wake();
  }

  private void wake() {
    Host.Loop t = thread;
    if (t != null) {
      t.wake();
    }
  }

  // What the transport tells, on its own thread.

  @Override
  public void opened(Link link) {
    inbox.input(new Input.Opened(link));
    wake();
  }

  @Override
  public boolean received(Link link, Packet packet) {
    packet.from(link);
    if (!inbox.packet(packet)) {
      counters.add(Tally.INBOX_FULL, 1);
      return false;
    }
    wake();
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    inbox.input(new Input.LinkDown(link, why));
    wake();
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    inbox.input(new FailedDial(token, to, why));
    wake();
  }

  // The loop.

  @Override
  public long run() {
    tick();
    for (int i = 0; i < BATCH; i++) {
      Due due = timers.poll(now);
      if (due != null) {
        give(due.protocol, due.timer);
        continue;
      }
      Object next = inbox.poll();
      if (next == null) {
        return timers.next();
      }
      tick();
      take(next);
    }
    return now;
  }

  private Switchboard board() {
    return Objects.requireNonNull(board, "not started");
  }

  private void tick() {
    now = host.clock().nanos();
    wall = host.clock().wallMillis();
  }

  private void take(Object next) {
    switch (next) {
      case Packet p -> packet(p);
      case Jobs.Finished f -> {
        jobs.done();
        give(f.protocol(), f.worked());
      }
      case Asked a -> give(a.protocol, a.command);
      case FailedDial f -> {
        Protocol p = dials.remove(f.token);
        if (p != null) {
          give(p, new Input.DialFailed(f.token, f.to, f.why));
        }
        board().dialFailed(f.to, f.why);
      }
      case Input.Opened o -> {
        dials.remove(o.link().dialToken());
        guard(() -> board().transport(o), o.link());
      }
      case Input.LinkDown d -> guard(() -> board().transport(d), d.link());
      case Call c -> guard(c.what, null);
      default -> throw new IllegalStateException("unknown in the inbox: " + next.getClass());
    }
  }

  /** Gives the frame in a packet of ours to its room: fresh from the inbox, or held until now. */
  void packet(Packet p) {
    Link link = p.from();
    if (link == null) {
      throw new IllegalStateException("a packet from nowhere");
    }
    try {
      frame.over(link, p);
      board().frame(frame);
      if (!frame.taken()) {
        p.release();
      }
    } catch (Malformed e) {
      p.release();
      counters.add(Tally.FRAME_MALFORMED, 1);
      link.close(CloseReason.MALFORMED);
    } catch (RuntimeException e) {
      // The packet is left to the garbage collector: who owns it is what we no longer know.
      bug(e, link);
    }
    settle();
  }

  /**
   * Gives one input to one protocol and then, unless that is under way already, handles what was
   * made known.
   */
  void give(Protocol protocol, Input in) {
    guard(() -> protocol.on(in, effects(protocol)), null);
  }

  private void guard(Runnable what, @Nullable Link about) {
    try {
      what.run();
    } catch (RuntimeException e) {
      bug(e, about);
    }
    settle();
  }

  /**
   * Events in the order in which they were emitted, each given to all its rooms before the next.
   */
  private void settle() {
    if (settling) {
      return;
    }
    settling = true;
    for (Input.Event e; (e = events.poll()) != null; ) {
      try {
        board().event(e);
      } catch (RuntimeException trouble) {
        bug(trouble, null);
      }
    }
    settling = false;
  }

  private void bug(RuntimeException e, @Nullable Link about) {
    counters.add(Tally.BUG, 1);
    if (!bugLogged) {
      bugLogged = true;
      LOG.error("bug on the loop, further ones are only counted node={}", self.shortHex(), e);
    }
    if (about != null) {
      about.close(CloseReason.INTERNAL);
    }
  }

  private final class LoopEffects implements Effects {
    private final Protocol protocol;

    LoopEffects(Protocol protocol) {
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
    public long networkMillis() {
      return wall + time.correction(wall, now);
    }

    @Override
    public RandomGenerator random() {
      return host.random();
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
      long token = ++tokens;
      dials.put(token, protocol);
      transport.dial(token, to, expected);
      return token;
    }

    @Override
    public Timers.Handle timer(long delayNanos, Input.Timer what) {
      return timers.at(now + Math.max(0, delayNanos), new Due(protocol, what));
    }

    @Override
    public boolean work(Supplier<? extends Input.Worked> job) {
      return jobs.run(protocol, job);
    }

    @Override
    public void emit(Input.Event event) {
      events.add(event);
    }

    @Override
    public void count(Tally what) {
      counters.add(what, 1);
    }

    @Override
    public void count(Tally what, long n) {
      counters.add(what, n);
    }
  }
}
