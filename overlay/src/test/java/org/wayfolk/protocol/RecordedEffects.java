package org.wayfolk.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;

/**
 * Effects that record. Time stands still until {@link #advance}; jobs run when {@link #runWork} is
 * called, or at once if {@link #workAtOnce}.
 */
public final class RecordedEffects implements Effects {
  /** A dial that was wished for. */
  public record Dial(long token, Address to, @Nullable NodeId expected) {}

  public final List<Dial> dials = new ArrayList<>();
  public final Deque<Input.Event> events = new ArrayDeque<>();
  public final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
  public final Timers<Input.Timer> timers = new Timers<>();
  public final PacketPool pool = new PacketPool();
  public boolean workFull;
  public boolean workAtOnce = true;
  private final Deque<Supplier<? extends Input.Worked>> work = new ArrayDeque<>();
  private final Protocol protocol;
  private final RandomGenerator random = new SplittableRandom(1);
  private long now;
  private long wall = 1_800_000_000_000L;
  private long tokens;

  public RecordedEffects(Protocol protocol) {
    this.protocol = protocol;
  }

  /** Gives an input, then runs the work it asked for. */
  public void give(Input in) {
    protocol.on(in, this);
    if (workAtOnce) {
      runWork();
    }
  }

  /** Gives a frame as if it had come over {@code link}; true if the protocol took the packet. */
  public boolean frame(Link link, byte[] frame) {
    Packet p = pool.copyOf(frame);
    Frame view = new Frame();
    try {
      view.over(link, p);
    } catch (org.wayfolk.wire.Malformed e) {
      throw new AssertionError(e);
    }
    give(view);
    if (!view.taken()) {
      p.release();
    }
    return view.taken();
  }

  /** Runs all waiting jobs and gives their results. */
  public void runWork() {
    for (Supplier<? extends Input.Worked> job; (job = work.poll()) != null; ) {
      protocol.on(job.get(), this);
    }
  }

  /** Lets time pass; timers fire in order, each at its own instant. */
  public void advance(long nanos) {
    long end = now + nanos;
    for (long next; (next = timers.next()) <= end; ) {
      move(next);
      for (Input.Timer t; (t = timers.poll(now)) != null; ) {
        give(t);
      }
    }
    move(end);
  }

  private void move(long to) {
    if (to > now) {
      wall += to / 1_000_000 - now / 1_000_000;
      now = to;
    }
  }

  /** Sets the wall clock. */
  public void wall(long millis) {
    wall = millis;
  }

  /** How often something was counted. */
  public long counted(Tally what) {
    return counts.getOrDefault(what, 0L);
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
  public boolean offer(Link link, Packet packet, TrafficClass kind) {
    return link.offer(packet, kind);
  }

  @Override
  public void close(Link link, CloseReason why) {
    link.close(why);
  }

  @Override
  public long dial(Address to, @Nullable NodeId expected) {
    dials.add(new Dial(++tokens, to, expected));
    return tokens;
  }

  @Override
  public Timers.Handle timer(long delayNanos, Input.Timer what) {
    return timers.at(now + delayNanos, what);
  }

  @Override
  public boolean work(Supplier<? extends Input.Worked> job) {
    if (workFull) {
      return false;
    }
    work.add(job);
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
